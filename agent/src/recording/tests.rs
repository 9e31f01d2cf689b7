//! Recordings written and read back, whole, cut and damaged.

use std::io::{Cursor, Read as _, Seek as _};
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::enrich::identity::{Answer, LookUp};
use crate::enrich::origin::Node;
use crate::enrich::programs::ProgramKey;
use crate::event::{Container, FileId, ProgramKind, Subject};
use crate::pipeline::{Input, Seed};

fn inputs() -> Vec<Input<'static>> {
    let container = Container {
        id: "abc".to_owned(),
        sources: vec![("id", "cgroup")],
        missing: vec![("image", "nobody said".to_owned())],
        ..Container::default()
    };
    vec![
        Input::Clock(-5),
        Input::Seed(&[1, 2, 3], Seed { exe: "/bin/\u{ff}".into(), ..Seed::default() }),
        Input::Record(&[9; 300]),
        Input::Identity(LookUp {
            answer: Answer { cgroup: 7, path: "/x".into(), subject: Subject::Container(Arc::new(container)) },
            provisional: true,
        }),
        Input::Program(
            ProgramKey { file: FileId { size: 3, ..FileId::default() }, head: vec![1, 2].into() },
            ProgramKind::Shell("dash"),
        ),
        Input::Counters(Default::default()),
        Input::Tick(12),
    ]
}

fn recording() -> Vec<u8> {
    let mut file = tempfile::tempfile().unwrap();
    let node = Node { name: "n".to_owned(), ..Node::default() };
    let (recorder, mut tap) = Recorder::start(file.try_clone().unwrap(), &node).unwrap();
    for input in inputs() {
        tap.copy(&input);
    }
    drop(tap);
    recorder.finish().unwrap();
    let mut bytes = Vec::new();
    file.rewind().unwrap();
    file.read_to_end(&mut bytes).unwrap();
    bytes
}

/// Everything that can be read, and how it ended.
fn read(bytes: &[u8]) -> (Vec<String>, Option<RecordingError>) {
    let mut reader = match Reader::new(Cursor::new(bytes)) {
        Ok(reader) => reader,
        Err(error) => return (Vec::new(), Some(error)),
    };
    let mut read = Vec::new();
    loop {
        match reader.next_input() {
            Ok(Some(input)) => read.push(format!("{input:?}")),
            Ok(None) => return (read, None),
            Err(error) => return (read, Some(error)),
        }
    }
}

#[test]
fn what_was_written_is_read() {
    let (read, error) = read(&recording());
    assert!(error.is_none(), "{error:?}");
    assert_eq!(read, inputs().iter().map(|i| format!("{i:?}")).collect::<Vec<_>>());
}

#[test]
fn foreign_and_newer_files_are_refused_by_name() {
    assert!(matches!(read(b"hello, world, hello").1, Some(RecordingError::Foreign)));
    assert!(matches!(read(b"").1, Some(RecordingError::Foreign)));
    let mut newer = recording();
    newer[8] = 99;
    assert!(matches!(read(&newer).1, Some(RecordingError::Version(99))));
}

proptest! {
    #[test]
    fn a_cut_recording_gives_its_good_part(cut in 0_usize..4000) {
        let whole = recording();
        let cut = cut % whole.len();
        let (good, error) = read(&whole[..cut]);
        prop_assert!(error.is_some());
        let all: Vec<_> = inputs().iter().map(|i| format!("{i:?}")).collect();
        prop_assert!(all.starts_with(&good));
    }

    #[test]
    fn a_damaged_recording_gives_its_good_part(at in 0_usize..4000, bit in 0_u8..8) {
        let mut bytes = recording();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let (good, error) = read(&bytes);
        prop_assert!(error.is_some());
        let all: Vec<_> = inputs().iter().map(|i| format!("{i:?}")).collect();
        prop_assert!(all.starts_with(&good));
    }
}
