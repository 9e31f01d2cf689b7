//! Live test support.
