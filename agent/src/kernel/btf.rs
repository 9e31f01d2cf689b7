//! The kernel's own description of its types (BTF, `Documentation/bpf/btf.rst`), as far as finding a field needs it.
//!
//! One pass over the types makes an index; nothing is copied. The file is trusted no further than its length: every
//! offset in it is checked.

use std::collections::HashMap;

use thiserror::Error;

const MAGIC: u16 = 0xeb9f;
/// Qualifiers, typedefs and nested structs are followed this deep at the most.
const DEPTH: u32 = 32;

mod kind {
    pub(super) const ARRAY: u32 = 3;
    pub(super) const STRUCT: u32 = 4;
    pub(super) const UNION: u32 = 5;
    pub(super) const ENUM: u32 = 6;
    pub(super) const TYPEDEF: u32 = 8;
    pub(super) const VOLATILE: u32 = 9;
    pub(super) const CONST: u32 = 10;
    pub(super) const RESTRICT: u32 = 11;
    pub(super) const FUNC_PROTO: u32 = 13;
    pub(super) const DATASEC: u32 = 15;
    pub(super) const TYPE_TAG: u32 = 18;
    pub(super) const ENUM64: u32 = 19;
}

/// Why bytes are no BTF, or a field can't be found in it.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum BtfError {
    #[error("this is no BTF: {0}")]
    Malformed(&'static str),
    #[error("the kernel has no struct {0}")]
    NoStruct(String),
    #[error("the kernel's struct {0} has no field {1}")]
    NoField(String, String),
    #[error("the kernel's {0}.{1} is a bit field")]
    BitField(String, String),
}

/// An index over BTF bytes.
pub struct Btf<'a> {
    /// Type section.
    types: &'a [u8],
    /// String section.
    strings: &'a [u8],
    /// Where each type begins in the type section, by id − 1 (id 0 is void).
    starts: Vec<u32>,
    /// Ids of structs by name.
    structs: HashMap<&'a [u8], u32>,
    /// Ids of enums by name.
    enums: HashMap<&'a [u8], u32>,
}

#[derive(Clone, Copy)]
struct Type {
    name: u32,
    kind: u32,
    vlen: u32,
    kflag: bool,
    /// Size, or the id of another type.
    size_or_type: u32,
    /// Where what follows the fixed part begins.
    rest: usize,
}

impl<'a> Btf<'a> {
    /// Indexes `bytes`, native-endian, as `/sys/kernel/btf/vmlinux` has them.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, BtfError> {
        const CUT: BtfError = BtfError::Malformed("it is cut");
        let magic = bytes.get(..2).ok_or(CUT)?;
        if u16::from_ne_bytes([magic[0], magic[1]]) != MAGIC {
            return Err(BtfError::Malformed("its first two bytes are others, or of another byte order"));
        }
        let header_len = word(bytes, 4).ok_or(CUT)?;
        let section = |offset: usize| {
            let start = header_len.checked_add(word(bytes, offset)?)? as usize;
            let len = word(bytes, offset + 4)? as usize;
            bytes.get(start..start.checked_add(len)?)
        };
        let types = section(8).ok_or(BtfError::Malformed("its types lie outside of it"))?;
        let strings = section(16).ok_or(BtfError::Malformed("its strings lie outside of it"))?;
        let mut btf =
            Self { types, strings, starts: Vec::new(), structs: HashMap::new(), enums: HashMap::new() };
        let mut at = 0;
        while at < types.len() {
            let start = u32::try_from(at).map_err(|_| BtfError::Malformed("it is too large"))?;
            let ty = btf.read(at).ok_or(CUT)?;
            btf.starts.push(start);
            let id = btf.starts.len() as u32;
            let names = match ty.kind {
                kind::STRUCT => Some(&mut btf.structs),
                kind::ENUM | kind::ENUM64 => Some(&mut btf.enums),
                _ => None,
            };
            if let (Some(names), Some(name)) = (names, string(strings, ty.name))
                && !name.is_empty()
            {
                // Of two structs of one name, the kernel's own (vmlinux) comes first.
                names.entry(name).or_insert(id);
            }
            at = ty.rest + trailer(&ty)?;
        }
        Ok(btf)
    }

    /// Offset in bytes of a field: `member` is a dotted path, and each of its names may be `a|b`, of which the first
    /// that there is counts.
    pub fn offset(&self, structure: &str, member: &str) -> Result<u32, BtfError> {
        let mut id = *self
            .structs
            .get(structure.as_bytes())
            .ok_or_else(|| BtfError::NoStruct(structure.to_owned()))?;
        let mut offset = 0_u32;
        let missing = || BtfError::NoField(structure.to_owned(), member.to_owned());
        for names in member.split('.') {
            let (bits, ty) = names
                .split('|')
                .find_map(|name| self.member(id, name.as_bytes(), DEPTH))
                .ok_or_else(missing)?;
            if bits % 8 != 0 {
                return Err(BtfError::BitField(structure.to_owned(), member.to_owned()));
            }
            offset = offset.checked_add(bits / 8).ok_or_else(missing)?;
            id = self.strip(ty).ok_or_else(missing)?;
        }
        Ok(offset)
    }

    /// Value of an enumerator.
    pub fn enumerator(&self, enumeration: &str, name: &str) -> Option<u32> {
        let ty = self.ty(*self.enums.get(enumeration.as_bytes())?)?;
        let size = if ty.kind == kind::ENUM64 { 12 } else { 8 };
        (0..ty.vlen as usize).find_map(|i| {
            let at = ty.rest + i * size;
            (string(self.strings, word(self.types, at)?)? == name.as_bytes())
                .then(|| word(self.types, at + 4))?
        })
    }

    /// Offset in bits, and type, of a member of the struct or union `id`, looked for in its unnamed members as well.
    fn member(&self, id: u32, name: &[u8], depth: u32) -> Option<(u32, u32)> {
        let ty = self.ty(id)?;
        if !matches!(ty.kind, kind::STRUCT | kind::UNION) {
            return None;
        }
        for i in 0..ty.vlen as usize {
            let at = ty.rest + 12 * i;
            let (member_name, member_type) = (word(self.types, at)?, word(self.types, at + 4)?);
            let raw = word(self.types, at + 8)?;
            let bits = if ty.kflag { raw & 0x00ff_ffff } else { raw };
            match string(self.strings, member_name)? {
                b"" if depth > 0 => {
                    let inner = self.strip(member_type).and_then(|id| self.member(id, name, depth - 1));
                    if let Some((inner_bits, ty)) = inner {
                        return Some((bits.checked_add(inner_bits)?, ty));
                    }
                }
                found if found == name => return Some((bits, member_type)),
                _ => {}
            }
        }
        None
    }

    /// The type behind qualifiers and typedefs.
    fn strip(&self, mut id: u32) -> Option<u32> {
        for _ in 0..DEPTH {
            if id == 0 {
                return Some(0);
            }
            let ty = self.ty(id)?;
            match ty.kind {
                kind::TYPEDEF | kind::VOLATILE | kind::CONST | kind::RESTRICT | kind::TYPE_TAG => {
                    id = ty.size_or_type
                }
                _ => return Some(id),
            }
        }
        None
    }

    fn ty(&self, id: u32) -> Option<Type> {
        self.read(*self.starts.get(id.checked_sub(1)? as usize)? as usize)
    }

    fn read(&self, at: usize) -> Option<Type> {
        let info = word(self.types, at + 4)?;
        Some(Type {
            name: word(self.types, at)?,
            kind: info >> 24 & 0x1f,
            vlen: info & 0xffff,
            kflag: info >> 31 == 1,
            size_or_type: word(self.types, at + 8)?,
            rest: at + 12,
        })
    }
}

/// Length of what follows a type's fixed part.
fn trailer(ty: &Type) -> Result<usize, BtfError> {
    let n = ty.vlen as usize;
    Ok(match ty.kind {
        1 | 14 | 17 => 4,
        kind::ARRAY => 12,
        kind::STRUCT | kind::UNION | kind::DATASEC | kind::ENUM64 => 12 * n,
        kind::ENUM | kind::FUNC_PROTO => 8 * n,
        2 | 7..=12 | 16 | 18 => 0,
        _ => return Err(BtfError::Malformed("it has a kind of type that this reader doesn't know")),
    })
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let raw = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_ne_bytes(raw.try_into().ok()?))
}

fn string(strings: &[u8], at: u32) -> Option<&[u8]> {
    strings.get(at as usize..)?.split(|b| *b == 0).next()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Writes BTF, so that tests can say what is in it.
    #[derive(Default)]
    struct Writer {
        types: Vec<u8>,
        strings: Vec<u8>,
        count: u32,
    }

    impl Writer {
        fn new() -> Self {
            Self { strings: vec![0], ..Self::default() }
        }

        fn name(&mut self, name: &str) -> u32 {
            if name.is_empty() {
                return 0;
            }
            let at = self.strings.len() as u32;
            self.strings.extend_from_slice(name.as_bytes());
            self.strings.push(0);
            at
        }

        fn ty(&mut self, name: &str, kind: u32, vlen: u32, kflag: bool, size: u32, rest: &[u32]) -> u32 {
            let name = self.name(name);
            for word in [name, u32::from(kflag) << 31 | kind << 24 | vlen, size].iter().chain(rest) {
                self.types.extend_from_slice(&word.to_ne_bytes());
            }
            self.count += 1;
            self.count
        }

        fn structure(&mut self, name: &str, members: &[(&str, u32, u32)]) -> u32 {
            let rest: Vec<u32> =
                members.iter().flat_map(|(name, ty, bits)| [self.name(name), *ty, *bits]).collect();
            self.ty(name, kind::STRUCT, members.len() as u32, false, 64, &rest)
        }

        fn finish(self) -> Vec<u8> {
            let mut out = Vec::new();
            out.extend_from_slice(&MAGIC.to_ne_bytes());
            out.extend_from_slice(&[1, 0]);
            let (types, strings) = (self.types.len() as u32, self.strings.len() as u32);
            for word in [24, 0, types, types, strings] {
                out.extend_from_slice(&word.to_ne_bytes());
            }
            out.extend_from_slice(&self.types);
            out.extend_from_slice(&self.strings);
            out
        }
    }

    #[test]
    fn finds_fields_in_unnamed_members_and_behind_qualifiers() {
        let mut w = Writer::new();
        let int = w.ty("int", 1, 0, false, 4, &[32]);
        let inner = w.structure("", &[("deep", int, 64)]);
        let path = w.structure("path", &[("mnt", int, 0), ("dentry", int, 64)]);
        let constant = w.ty("", kind::CONST, 0, false, path, &[]);
        w.structure("file", &[("", inner, 128), ("f_path", constant, 512), ("f_mode", int, 96)]);
        let bytes = w.finish();
        let btf = Btf::parse(&bytes).unwrap();
        assert_eq!(btf.offset("file", "f_mode"), Ok(12));
        assert_eq!(btf.offset("file", "deep"), Ok(24));
        assert_eq!(btf.offset("file", "f_path.dentry"), Ok(72));
        assert_eq!(btf.offset("file", "gone|f_path.gone|mnt"), Ok(64));
        assert!(matches!(btf.offset("file", "gone"), Err(BtfError::NoField(..))));
        assert!(matches!(btf.offset("gone", "x"), Err(BtfError::NoStruct(_))));
    }

    #[test]
    fn a_bit_field_has_no_offset() {
        let mut w = Writer::new();
        let int = w.ty("int", 1, 0, false, 4, &[32]);
        let name = w.name("flag");
        w.ty("s", kind::STRUCT, 1, true, 8, &[name, int, 1 << 24 | 35]);
        let bytes = w.finish();
        assert!(matches!(Btf::parse(&bytes).unwrap().offset("s", "flag"), Err(BtfError::BitField(..))));
    }

    #[test]
    fn a_type_that_contains_itself_ends() {
        let mut w = Writer::new();
        w.structure("loop", &[("", 1, 0)]);
        w.ty("t", kind::TYPEDEF, 0, false, 2, &[]);
        let bytes = w.finish();
        assert!(Btf::parse(&bytes).unwrap().offset("loop", "x").is_err());
    }

    #[test]
    fn reads_enumerators() {
        let mut w = Writer::new();
        let (a, b) = (w.name("cpu_cgrp_id"), w.name("pids_cgrp_id"));
        w.ty("cgroup_subsys_id", kind::ENUM, 2, false, 4, &[a, 0, b, 11]);
        let bytes = w.finish();
        let btf = Btf::parse(&bytes).unwrap();
        assert_eq!(btf.enumerator("cgroup_subsys_id", "pids_cgrp_id"), Some(11));
        assert_eq!(btf.enumerator("cgroup_subsys_id", "gone"), None);
    }

    fn sample() -> Vec<u8> {
        let mut w = Writer::new();
        let int = w.ty("int", 1, 0, false, 4, &[32]);
        let inner = w.structure("", &[("deep", int, 64)]);
        w.structure("file", &[("", inner, 128), ("f_mode", int, 96)]);
        w.finish()
    }

    proptest! {
        #[test]
        fn never_panics_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
            if let Ok(btf) = Btf::parse(&bytes) {
                let _ = btf.offset("file", "f_path.dentry");
            }
        }

        #[test]
        fn never_panics_on_damaged_btf(at in 0_usize..200, with in any::<u8>(), cut in 0_usize..200) {
            let mut bytes = sample();
            let len = bytes.len();
            bytes[at % len] = with;
            bytes.truncate(len - cut % len);
            if let Ok(btf) = Btf::parse(&bytes) {
                let _ = btf.offset("file", "deep");
                let _ = btf.enumerator("file", "deep");
            }
        }

        #[test]
        fn finds_each_field_where_it_was_put(offsets in prop::collection::vec(0_u32..10_000, 1..40)) {
            let mut w = Writer::new();
            let int = w.ty("int", 1, 0, false, 4, &[32]);
            let names: Vec<String> = (0..offsets.len()).map(|i| format!("f{i}")).collect();
            let members: Vec<_> = names.iter().zip(&offsets).map(|(n, o)| (n.as_str(), int, o * 8)).collect();
            w.structure("s", &members);
            let bytes = w.finish();
            let btf = Btf::parse(&bytes).unwrap();
            for (name, offset) in names.iter().zip(&offsets) {
                prop_assert_eq!(btf.offset("s", name), Ok(*offset));
            }
        }
    }
}
