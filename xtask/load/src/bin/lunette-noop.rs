//! A program that does nothing: what `lunette-load` executes. Linked statically, like that one.

fn main() {}
