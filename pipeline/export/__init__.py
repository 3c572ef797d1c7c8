"""The register in other programs' forms."""
