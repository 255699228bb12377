"""Executes notebooks with nbclient and writes the executed copies below a folder. Usage: execute.py FOLDER NOTEBOOK..."""

import os
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

limit = int(os.environ["LAST_RESORT"])  # seconds
for name in sys.argv[2:]:
    source = pathlib.Path(name)
    notebook = nbformat.read(source, as_version=4)
    NotebookClient(
        notebook, timeout=None, startup_timeout=limit, iopub_timeout=limit, resources={"metadata": {"path": source.parent}}
    ).execute()
    nbformat.validate(notebook)
    copy = pathlib.Path(sys.argv[1]) / source
    copy.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, copy)
    print(name, flush=True)
