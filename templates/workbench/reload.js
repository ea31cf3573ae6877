// A page of the site, looked at: it loads again when the workspace is another.
import { listen } from "./listen.js";
listen(() => location.reload());
