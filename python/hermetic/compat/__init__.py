"""Modules with the interfaces of other packages, so that programs move by changing one import."""
