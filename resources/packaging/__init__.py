"""Makes what people download, from `build.spec`; see README.md in this folder."""
