//! One runtime's gRPC socket: reached when needed, given up for a while when it fails, watched for the
//! status.

use std::future::Future;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};

use crate::status::Source;

/// Longest answer that is accepted: a list of all containers of a namespace has each one's specification.
pub const MAX_ANSWER: usize = 16 << 20;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Failures in a row from which on it is left alone: one that is merely busy must not make others go unnamed.
const STRIKES: u32 = 3;

/// Why a look-up gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It answered that it knows no such container.
    NotFound,
    /// It isn't there, or didn't answer.
    Unavailable,
}

/// A socket and how it has been doing.
#[derive(Debug)]
pub struct Socket {
    /// As [`Source::name`].
    name: &'static str,
    path: String,
    /// Whether it is one that the user named, and not one of the usual places.
    configured: bool,
    channel: OnceLock<Channel>,
    health: Mutex<Health>,
}

#[derive(Debug, Default)]
struct Health {
    /// There was a socket at its place, at some time.
    seen: bool,
    available: bool,
    error: String,
    lookups: u64,
    failures: u64,
    /// Failures since the last answer.
    strikes: u32,
    /// Until when it is left alone, how long that was, and which socket it was that failed: a new one is
    /// tried at once.
    pause: Option<(Instant, Duration, (u64, u64))>,
}

impl Socket {
    /// `path` is one of the file system, with or without `unix://`. Nothing is opened yet.
    pub fn new(name: &'static str, path: &str, configured: bool) -> Self {
        let path =
            path.strip_prefix("unix://").or_else(|| path.strip_prefix("unix:")).unwrap_or(path).to_owned();
        Self { name, path, configured, channel: OnceLock::new(), health: Mutex::default() }
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// Runs one look-up over the socket within `limit`, and keeps the books.
    pub async fn lookup<T, F>(&self, limit: Duration, lookup: impl FnOnce(Channel) -> F) -> Result<T, Silence>
    where
        F: Future<Output = Result<T, Status>>,
    {
        let channel = self.open()?;
        let identity = self.ready()?;
        let outcome = tokio::time::timeout(limit, lookup(channel)).await;
        let mut health = self.health();
        health.lookups += 1;
        let error = match outcome {
            Ok(Ok(answer)) => {
                health.recovered();
                return Ok(answer);
            }
            Ok(Err(status)) if status.code() == Code::NotFound => {
                health.recovered();
                return Err(Silence::NotFound);
            }
            Ok(Err(status)) => describe(&status),
            Err(_) => format!("no answer within {} ms", limit.as_millis()),
        };
        if health.available {
            tracing::warn!(source = self.name, endpoint = self.path, error, "stopped answering");
        }
        health.failed(error, identity);
        Err(Silence::Unavailable)
    }

    fn open(&self) -> Result<Channel, Silence> {
        if let Some(channel) = self.channel.get() {
            return Ok(channel.clone());
        }
        match Endpoint::from_shared(format!("unix://{}", self.path)) {
            Ok(endpoint) => Ok(self.channel.get_or_init(|| endpoint.connect_lazy()).clone()),
            Err(error) => {
                self.health().error = format!("not the path of a socket: {error}");
                Err(Silence::Unavailable)
            }
        }
    }

    /// Which socket is there now, when it may be tried.
    fn ready(&self) -> Result<(u64, u64), Silence> {
        let metadata = std::fs::metadata(&self.path);
        let mut health = self.health();
        let identity = match metadata {
            Ok(metadata) if metadata.file_type().is_socket() => (metadata.dev(), metadata.ino()),
            other => {
                if health.available {
                    tracing::warn!(source = self.name, endpoint = self.path, "its socket is gone");
                }
                health.available = false;
                health.strikes = 0;
                health.pause = None;
                health.error = match other {
                    Ok(_) => "not a socket".to_owned(),
                    Err(error) => format!("no socket to be had: {error}"),
                };
                return Err(Silence::Unavailable);
            }
        };
        health.seen = true;
        if health.strikes == 0 {
            // Whatever there was to complain of is over: there is a socket.
            health.error.clear();
        }
        match health.pause {
            Some((until, _, which)) if which == identity && Instant::now() < until => {
                Err(Silence::Unavailable)
            }
            _ => Ok(identity),
        }
    }

    /// Whether it is worth waiting for: it is there and isn't being left alone.
    pub fn is_usable(&self) -> bool {
        self.ready().is_ok()
    }

    /// `None` for one of the usual places where nothing ever was.
    pub fn status(&self) -> Option<Source> {
        // So that a socket that came or went since the last look-up shows.
        let usable = self.is_usable();
        let health = self.health();
        (self.configured || health.seen).then(|| Source {
            name: self.name.to_owned(),
            endpoint: self.path.clone(),
            available: usable && health.error.is_empty(),
            error: health.error.clone(),
            lookups: health.lookups,
            failures: health.failures,
        })
    }

    fn health(&self) -> MutexGuard<'_, Health> {
        // Plain figures: whoever panicked while holding them can't have left them worse than old.
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Health {
    fn recovered(&mut self) {
        self.available = true;
        self.strikes = 0;
        self.pause = None;
        self.error.clear();
    }

    fn failed(&mut self, error: String, identity: (u64, u64)) {
        self.available = false;
        self.failures += 1;
        self.strikes += 1;
        self.error = error;
        if self.strikes < STRIKES {
            return;
        }
        let pause = match self.pause {
            // One of several look-ups that were under way together.
            Some((until, _, which)) if which == identity && Instant::now() < until => return,
            Some((_, before, which)) if which == identity => (before * 2).min(LONGEST_PAUSE),
            _ => FIRST_PAUSE,
        };
        self.pause = Some((Instant::now() + pause, pause, identity));
    }
}

/// Code and message: what a runtime says of itself, bounded.
fn describe(status: &Status) -> String {
    let message: String = status.message().chars().take(200).filter(|c| !c.is_control()).collect();
    format!("{}: {message}", status.code())
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    async fn ask(socket: &Socket, limit_ms: u64) -> Result<(), Silence> {
        socket
            .lookup(Duration::from_millis(limit_ms), |channel| async move {
                let mut client =
                    lunette_proto::runtime::v1::runtime_service_client::RuntimeServiceClient::new(channel);
                client.version(lunette_proto::runtime::v1::VersionRequest::default()).await.map(|_| ())
            })
            .await
    }

    #[tokio::test]
    async fn an_absent_socket_costs_nothing_and_is_tried_as_soon_as_it_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("s.sock");
        let socket = Socket::new("cri", path.to_str().unwrap(), true);
        assert_eq!(ask(&socket, 1000).await, Err(Silence::Unavailable));
        let status = socket.status().unwrap();
        assert_eq!((status.available, status.lookups, status.failures), (false, 0, 0));
        assert!(status.error.contains("no socket"), "{}", status.error);
        let _listener = UnixListener::bind(&path).unwrap();
        assert!(socket.is_usable());
        assert!(socket.status().unwrap().error.is_empty());
    }

    #[tokio::test]
    async fn one_that_hangs_is_left_alone_until_it_is_another() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("s.sock");
        let listener = UnixListener::bind(&path).unwrap();
        let socket = Socket::new("cri", path.to_str().unwrap(), false);
        for _ in 0..STRIKES {
            assert!(socket.is_usable());
            assert_eq!(ask(&socket, 30).await, Err(Silence::Unavailable));
        }
        assert!(!socket.is_usable());
        assert_eq!(ask(&socket, 30).await, Err(Silence::Unavailable));
        let status = socket.status().unwrap();
        assert_eq!(
            (status.available, status.lookups, status.failures),
            (false, 3, 3),
            "left alone the 4th time"
        );
        assert!(status.error.contains("no answer"), "{}", status.error);
        drop(listener);
        std::fs::rename(&path, dir.path().join("old")).unwrap();
        let _listener = UnixListener::bind(&path).unwrap();
        assert!(socket.is_usable(), "it is another socket");
    }

    #[test]
    fn usual_places_where_nothing_is_go_unmentioned() {
        assert!(Socket::new("cri", "/nonexistent/cri.sock", false).status().is_none());
        assert!(Socket::new("cri", "unix:///nonexistent/cri.sock", true).status().is_some());
    }
}
