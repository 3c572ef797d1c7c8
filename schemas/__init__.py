"""What a record is: frozen pydantic types, no I/O, importing nothing else of ours."""
