"""The commands: each, or each group, in the module of its name, with dashes as underscores (`import` is `import_`)."""
