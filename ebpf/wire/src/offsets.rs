//! The kernel fields that the programs read, by name: one table for both sides.
