use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::*;
use crate::export::testing;

const SOON: Duration = Duration::from_secs(10);

fn options(path: PathBuf) -> Options {
    Options { path, max_bytes: 1 << 20, keep: 3 }
}

/// The sequence numbers of the findings in a file whose every line is whole.
fn findings(path: &Path) -> Vec<u64> {
    fs::read_to_string(path)
        .expect("a file of text")
        .lines()
        .map(|line| {
            let response: pb::WatchResponse = serde_json::from_str(line).expect("a whole line of proto JSON");
            match response.message {
                Some(pb::watch_response::Message::Finding(finding)) => finding.seq,
                other => panic!("not a finding: {other:?}"),
            }
        })
        .collect()
}

/// Writes what `publish` publishes to the file, to the end.
async fn written(options: Options, publish: impl FnOnce(&Bus)) -> pb::FindingsFile {
    let bus = Bus::default();
    let file = FindingsFile::subscribe(&bus, options).expect("room");
    let stats = file.stats();
    publish(&bus);
    bus.close();
    timeout(SOON, file.run(std::future::pending())).await.expect("it ends with the bus");
    stats.get()
}

async fn until(stats: &Stats, what: impl Fn(&pb::FindingsFile) -> bool) {
    let wait = async {
        while !what(&stats.get()) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(SOON, wait).await.unwrap_or_else(|_| panic!("never: {:?}", stats.get()));
}

#[tokio::test]
async fn findings_alone_and_for_the_owner_alone() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("new/findings.jsonl");
    let stats = written(options(path.clone()), |bus| {
        bus.publish_event(&testing::exec(1));
        bus.publish_finding(&testing::finding(1));
        bus.publish_finding(&testing::finding(2));
    })
    .await;
    assert_eq!(findings(&path), [1, 2]);
    assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
    assert_eq!((stats.written, stats.errors, stats.lost), (2, 0, 0));
    assert_eq!(stats.bytes, fs::metadata(&path).expect("it is there").len());
}

#[tokio::test]
async fn it_is_put_aside_before_it_is_too_long() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("findings.jsonl");
    let one = line(&Message::Finding(testing::finding(1))).expect("JSON").len() as u64;
    let options = Options { path: path.clone(), max_bytes: one * 2 + 1, keep: 2 };
    let stats = written(options, |bus| {
        for seq in 1..=9 {
            bus.publish_finding(&testing::finding(seq));
        }
    })
    .await;
    assert_eq!(findings(&path), [9]);
    assert_eq!(findings(&path.with_extension("jsonl.1")), [7, 8]);
    assert_eq!(findings(&path.with_extension("jsonl.2")), [5, 6]);
    assert!(!path.with_extension("jsonl.3").exists());
    assert_eq!((stats.written, stats.rotations), (9, 4));
}

#[tokio::test]
async fn half_a_line_of_an_earlier_life_spoils_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("findings.jsonl");
    fs::write(&path, r#"{"finding":{"se"#).expect("written");
    written(options(path.clone()), |bus| bus.publish_finding(&testing::finding(1))).await;
    let text = fs::read_to_string(&path).expect("text");
    let (torn, whole) = text.split_once('\n').expect("two lines");
    assert_eq!(torn, r#"{"finding":{"se"#);
    assert!(serde_json::from_str::<pb::WatchResponse>(whole).is_ok());
}

#[tokio::test]
async fn someone_else_may_move_it_away() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("findings.jsonl");
    let bus = Bus::default();
    let file = FindingsFile::subscribe(&bus, options(path.clone())).expect("room");
    let stats = file.stats();
    let running = tokio::spawn(file.run(std::future::pending()));
    bus.publish_finding(&testing::finding(1));
    until(&stats, |stats| stats.written == 1).await;
    fs::rename(&path, dir.path().join("moved")).expect("moved");
    bus.publish_finding(&testing::finding(2));
    until(&stats, |stats| stats.written == 2).await;
    assert_eq!(findings(&path), [2]);
    assert_eq!(findings(&dir.path().join("moved")), [1]);
    bus.close();
    running.await.expect("no panic");
}

#[tokio::test]
async fn what_cannot_be_written_at_the_end_is_counted_as_lost() {
    let bus = Bus::default();
    let file = FindingsFile::subscribe(&bus, options("/dev/full".into())).expect("room");
    let stats = file.stats();
    for seq in 1..=3 {
        bus.publish_finding(&testing::finding(seq));
    }
    let (give_up, given_up) = oneshot::channel::<()>();
    let running = tokio::spawn(file.run(async {
        let _ = given_up.await;
    }));
    until(&stats, |stats| stats.errors > 0).await;
    assert!(stats.get().error.contains("No space left"), "{:?}", stats.get());
    bus.close();
    give_up.send(()).expect("it runs");
    timeout(SOON, running).await.expect("it gives up").expect("no panic");
    assert_eq!((stats.get().written, stats.get().lost), (0, 3));
}

/// A file system of 64 KiB.
struct Tiny(tempfile::TempDir);

impl Tiny {
    /// `None` without the right to mount.
    fn mount() -> Option<Self> {
        let dir = tempfile::tempdir().expect("a directory");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64k", "lunette-test"])
            .arg(dir.path())
            .output()
            .is_ok_and(|output| output.status.success());
        mounted.then_some(Self(dir))
    }
}

impl Drop for Tiny {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[tokio::test]
async fn a_full_disk_loses_nothing_once_it_has_room() {
    let Some(disk) = Tiny::mount() else {
        eprintln!("skipped: no right to mount a tmpfs");
        return;
    };
    let (path, filler) = (disk.0.path().join("findings.jsonl"), disk.0.path().join("filler"));
    fs::write(&filler, vec![0; 60 << 10]).expect("written");
    let bus = Bus::default();
    let file = FindingsFile::subscribe(&bus, options(path.clone())).expect("room");
    let stats = file.stats();
    let running = tokio::spawn(file.run(std::future::pending()));
    for seq in 1..=8 {
        bus.publish_finding(&testing::finding(seq));
    }
    until(&stats, |stats| stats.errors > 0).await;
    let early = stats.get().written;
    assert!(early < 8, "the disk was full");
    assert_eq!(findings(&path).len() as u64, early, "nothing of the line that failed is left");

    fs::remove_file(&filler).expect("it is there");
    until(&stats, |stats| stats.written == 8).await;
    assert_eq!(findings(&path), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!((stats.get().lost, stats.get().error.as_str()), (0, ""));
    bus.close();
    running.await.expect("no panic");
}
