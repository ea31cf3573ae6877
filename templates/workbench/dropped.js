// A Word or Excel file that is dropped onto a page is handed in as its form would: a changed copy to its document, a table to its table,
// anything else as a draft or a table that is not known yet. Nothing is written before it was looked at.
const place = document.querySelector("#editor[data-slug], #grid");
const more = () => {
  const { slug, kind, year, of } = place?.dataset ?? {};
  return Object.entries({ into: slug, kind, year, of }).filter(([, value]) => value);
};
addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
addEventListener("drop", (event) => {
  const [file] = event.dataTransfer?.files ?? [];
  if (!file) return;
  event.preventDefault();
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/acts/import", enctype: "multipart/form-data", hidden: true });
  const put = (name, value, type = "hidden") => form.append(Object.assign(document.createElement("input"), { name, type, value }));
  for (const [name, value] of more()) put(name, value);
  if (!place?.dataset.slug) put("dry_run", "on");
  put("file", "", "file");
  form.lastElementChild.files = event.dataTransfer.files;
  document.body.append(form);
  form.submit();
});
