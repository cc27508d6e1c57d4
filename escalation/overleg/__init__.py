"""The bestuurlijk escalatieoverleg: who, when, what was decided and what follows from it."""
