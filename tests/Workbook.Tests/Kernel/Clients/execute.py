"""Executes notebooks with nbclient and writes the executed copies below a folder. Usage: execute.py FOLDER NOTEBOOK...

Prints each notebook and how many of its outputs were updates of one that it had shown; an update of any other ends the run."""

import os
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

limit = int(os.environ["LAST_RESORT"])  # seconds


class Client(NotebookClient):
    """Knows what has been shown: nbclient leaves out, silently, an update of what has not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown, self.updates = set(), 0

    def process_message(self, msg, cell, cell_index):
        of = msg["content"].get("transient", {}).get("display_id")
        if msg["msg_type"] == "update_display_data":
            if of not in self.shown:
                sys.exit(f"Cell {cell_index} updates {of}, which nothing has shown.")
            self.updates += 1
        else:
            self.shown.add(of)
        return super().process_message(msg, cell, cell_index)


for name in sys.argv[2:]:
    source = pathlib.Path(name)
    notebook = nbformat.read(source, as_version=4)
    client = Client(notebook, timeout=None, startup_timeout=limit, iopub_timeout=limit, resources={"metadata": {"path": source.parent}})
    client.execute()
    nbformat.validate(notebook)
    copy = pathlib.Path(sys.argv[1]) / source
    copy.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, copy)
    print(f"{name}: {client.updates} updates", flush=True)
