// Reads a file of this page. The book keeps its bytes in a script, because a page that was opened from the disk may load nothing else.
globalThis.BookFile = {
  // What the book wrote of a file, by the element that names it; null where the book was made without it.
  of: element => element.dataset.script === undefined ? null : { name: element.dataset.file.split("/").at(-1), script: element.dataset.script, size: Number(element.dataset.size) },

  // The file's bytes.
  read: async ({ name, script }) => {
    await new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = script;
      element.onload = () => (element.remove(), done());
      element.onerror = () => (element.remove(), failed(new Error(`The file ${script} is missing beside this page. Copy the whole folder of the book, or make the book again.`)));
      document.head.append(element);
    });
    const packed = Uint8Array.from(atob(globalThis.bookFiles[name]), letter => letter.charCodeAt(0));
    delete globalThis.bookFiles[name];
    return new Uint8Array(await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  },
};
