"""The dossier: the complaint to the Committee, written, with its annexes, and built as documents."""
