"""Executes notebooks with nbclient and writes the executed copies. Usage: execute.py OUT NOTEBOOK..."""

import pathlib
import sys

import nbformat
from nbclient import NotebookClient

out = pathlib.Path(sys.argv[1])
for name in sys.argv[2:]:
    source = pathlib.Path(name)
    notebook = nbformat.read(source, as_version=4)
    NotebookClient(notebook, timeout=None, resources={"metadata": {"path": source.parent}}).execute()
    nbformat.validate(notebook)
    nbformat.write(notebook, out / source.name)
    print(source.name, flush=True)
