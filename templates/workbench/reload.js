// A page of the site, looked at: it loads again when the workspace is another.
new EventSource("/events").onmessage = () => location.reload();
