// A notebook controller for VS Code's own .ipynb editor. JUPYTER_SERVER names the server, whose root is the folder that is open.
const vscode = require("vscode");
const path = require("node:path");

const server = process.env.JUPYTER_SERVER;
const kernels = new Map(); // by the notebook's address

class Kernel {
  static async start(notebook) {
    const folder = vscode.workspace.workspaceFolders[0].uri.fsPath;
    const file = path.relative(folder, notebook.uri.fsPath);
    const answer = await fetch(`${server}api/sessions`, {
      method: "POST",
      body: JSON.stringify({ kernel: { name: ".net-csharp" }, name: file, path: file, type: "notebook" }),
    });
    if (!answer.ok) { throw new Error(`The server has no kernel for ${file}: ${answer.status}`); }
    return await Kernel.connect((await answer.json()).kernel.id);
  }

  static async connect(id) {
    const socket = new WebSocket(`${server.replace("http", "ws")}api/kernels/${id}/channels`);
    await new Promise((opened, failed) => { socket.onopen = opened; socket.onerror = failed; });
    return new Kernel(id, socket);
  }

  constructor(id, socket) {
    this.id = id;
    this.waiting = new Map();
    this.socket = socket;
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      this.waiting.get(message.parent_header?.msg_id)?.(message);
    };
  }

  /** Sends a request and hands on all that comes for it, until its reply and the kernel's idle state are there. */
  ask(type, content, receive = () => {}) {
    const id = crypto.randomUUID();
    return new Promise(done => {
      let reply, idle = type !== "execute_request";
      this.waiting.set(id, message => {
        receive(message);
        if (message.header.msg_type === type.replace("request", "reply")) { reply = message.content; }
        idle ||= message.header.msg_type === "status" && message.content.execution_state === "idle";
        if (reply && idle) { this.waiting.delete(id); done(reply); }
      });
      this.socket.send(JSON.stringify({
        channel: "shell", header: { msg_id: id, msg_type: type, username: "", session: this.id, date: new Date().toISOString(), version: "5.3" },
        parent_header: {}, metadata: {}, content,
      }));
    });
  }

  post(what) { return fetch(`${server}api/kernels/${this.id}/${what}`, { method: "POST" }); }

  /** The kernel in a new process. Its channels are opened anew, as by Jupyter's own clients: what it publishes before an old one has found it is lost. */
  async restart() {
    const answer = await this.post("restart");
    if (!answer.ok) { throw new Error(`The kernel does not restart: ${answer.status}`); }
    this.socket.close();
    return await Kernel.connect(this.id);
  }
}

function kernelOf(notebook) {
  const key = notebook.uri.toString();
  if (!kernels.has(key)) { kernels.set(key, Kernel.start(notebook)); }
  return kernels.get(key);
}

const item = ([mime, value]) => {
  const text = Array.isArray(value) ? value.join("") : value;
  return typeof text === "string" ? vscode.NotebookCellOutputItem.text(text, mime) : vscode.NotebookCellOutputItem.json(text, mime);
};
const items = data => Object.entries(data).map(item);

async function execute(controller, cell, displays) {
  const execution = controller.createNotebookCellExecution(cell);
  const kernel = await kernelOf(cell.notebook);
  execution.token.onCancellationRequested(() => kernel.post("interrupt"));
  execution.start(Date.now());
  await execution.clearOutput();
  const show = (outputs, display) => {
    const output = new vscode.NotebookCellOutput(outputs);
    if (display) { displays.set(display, { output, execution }); }
    return execution.appendOutput(output);
  };
  let shown = Promise.resolve();
  const reply = await kernel.ask("execute_request", { code: cell.document.getText(), silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true }, ({ header, content }) => {
    shown = shown.then(async () => {
      switch (header.msg_type) {
        case "stream": await show([content.name === "stderr" ? vscode.NotebookCellOutputItem.stderr(content.text) : vscode.NotebookCellOutputItem.stdout(content.text)]); break;
        case "display_data": case "execute_result": await show(items(content.data), content.transient?.display_id); break;
        case "update_display_data": {
          const place = displays.get(content.transient.display_id);
          if (place) { await place.execution.replaceOutputItems(items(content.data), place.output); }
          break;
        }
        case "error": await show([vscode.NotebookCellOutputItem.error({ name: content.ename, message: content.evalue, stack: content.traceback.join("\n") })]); break;
      }
    });
  });
  await shown;
  execution.executionOrder = reply.execution_count;
  execution.end(reply.status === "ok", Date.now());
  return reply.status === "ok";
}

exports.activate = context => {
  const displays = new Map();
  const controller = vscode.notebooks.createNotebookController("jupyter-server", "jupyter-notebook", "C# (workbook)");
  controller.supportsExecutionOrder = true;
  controller.executeHandler = async cells => {
    for (const cell of cells) {
      if (!await execute(controller, cell, displays)) { break; }
    }
  };
  const csharp = { language: "csharp", notebookType: "jupyter-notebook" };
  const notebookOf = document => vscode.workspace.notebookDocuments.find(notebook => notebook.getCells().some(cell => cell.document === document));
  const ask = async (type, document, position) => (await kernelOf(notebookOf(document))).ask(type, { code: document.getText(), cursor_pos: document.offsetAt(position), detail_level: 0 });
  context.subscriptions.push(
    controller,
    vscode.commands.registerCommand("tests.restart", () => {
      const { notebook } = vscode.window.activeNotebookEditor;
      kernels.set(notebook.uri.toString(), kernelOf(notebook).then(kernel => kernel.restart())); // cells wait for it
    }),
    vscode.languages.registerCompletionItemProvider(csharp, {
      async provideCompletionItems(document, position) {
        const reply = await ask("complete_request", document, position);
        const range = new vscode.Range(document.positionAt(reply.cursor_start), document.positionAt(reply.cursor_end));
        return reply.matches.map(match => Object.assign(new vscode.CompletionItem(match), { range }));
      },
    }, "."),
    vscode.languages.registerHoverProvider(csharp, {
      async provideHover(document, position) {
        const reply = await ask("inspect_request", document, position);
        return reply.found ? new vscode.Hover(new vscode.MarkdownString(reply.data["text/markdown"])) : undefined;
      },
    }));
};
