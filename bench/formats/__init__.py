"""The same world as a data folder of ours, as Markdown files, and as JSON: what each generator reads."""
