"""What meets the world: files, tools, the store, people. Imports schemas and parsers."""
