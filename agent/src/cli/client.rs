//! Connects to an agent's API.

use std::io;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use hyper_util::rt::TokioIo;
use lunette_proto::lunette::v1::lunette_client::LunetteClient;
use thiserror::Error;
use tokio::net::UnixStream;
use tonic::transport::{Channel, Endpoint};
use tower::service_fn;

use crate::export::socket;

const CONNECT_TIME: Duration = Duration::from_secs(5);
/// Longest message that the agent sends: a finding with 16 ancestors whose arguments are all at their longest.
const MAX_MESSAGE: usize = 16 << 20;

/// Where an agent's API is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Path of a unix socket.
    Unix(PathBuf),
    /// `http://HOST:PORT`.
    Http(String),
}

impl Default for Address {
    fn default() -> Self {
        Self::Unix(PathBuf::from(socket::DEFAULT_PATH))
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(address: &str) -> Result<Self, Self::Err> {
        if address.starts_with("http://") {
            return Ok(Self::Http(address.to_owned()));
        }
        let path =
            address.strip_prefix("unix://").or_else(|| address.strip_prefix("unix:")).unwrap_or(address);
        if path.is_empty() || path.contains("://") {
            return Err("an address is the path of a unix socket, or http://HOST:PORT".to_owned());
        }
        Ok(Self::Unix(PathBuf::from(path)))
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "{}", path.display()),
            Self::Http(url) => f.write_str(url),
        }
    }
}

#[derive(Debug, Error)]
pub enum ConnectError {
    #[error(
        "there is no agent at {0}: start it with `lunette run` (as root), or say with --address where it is"
    )]
    NoAgent(Address),
    #[error("{0} is left from an agent that is gone: start it with `lunette run` (as root)")]
    Gone(Address),
    #[error("you may not connect to {0}: the socket is its owner's alone; try with sudo")]
    Forbidden(Address),
    #[error("{0} is no address: {1}")]
    Address(Address, String),
    #[error("can't connect to {0}: {1}")]
    Other(Address, String),
}

/// A client of the agent at `address`.
pub async fn connect(address: &Address) -> Result<LunetteClient<Channel>, ConnectError> {
    Ok(LunetteClient::new(channel(address).await?).max_decoding_message_size(MAX_MESSAGE))
}

/// A connection to the agent at `address`.
pub async fn channel(address: &Address) -> Result<Channel, ConnectError> {
    let result = match address {
        Address::Unix(path) => {
            let path = path.clone();
            // The URI is for the requests' headers alone.
            Endpoint::from_static("http://localhost")
                .connect_timeout(CONNECT_TIME)
                .connect_with_connector(service_fn(move |_| {
                    let path = path.clone();
                    async move { UnixStream::connect(path).await.map(TokioIo::new) }
                }))
                .await
        }
        Address::Http(url) => {
            Endpoint::from_shared(url.clone())
                .map_err(|error| ConnectError::Address(address.clone(), innermost(&error)))?
                .connect_timeout(CONNECT_TIME)
                .connect()
                .await
        }
    };
    result.map_err(|error| why(address, &error))
}

fn why(address: &Address, error: &(dyn std::error::Error + 'static)) -> ConnectError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return match (error.kind(), address) {
                (io::ErrorKind::NotFound, _) => ConnectError::NoAgent(address.clone()),
                (io::ErrorKind::ConnectionRefused, Address::Unix(_)) => ConnectError::Gone(address.clone()),
                (io::ErrorKind::ConnectionRefused, Address::Http(_)) => {
                    ConnectError::NoAgent(address.clone())
                }
                (io::ErrorKind::PermissionDenied, _) => ConnectError::Forbidden(address.clone()),
                _ => ConnectError::Other(address.clone(), error.to_string()),
            };
        }
        cause = error.source();
    }
    ConnectError::Other(address.clone(), innermost(error))
}

/// The last cause: what tonic puts around it ("transport error") says nothing.
fn innermost(error: &dyn std::error::Error) -> String {
    let (mut text, mut cause) = (error.to_string(), error.source());
    while let Some(error) = cause {
        text = error.to_string();
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn addresses() {
        let parse = |text: &str| text.parse::<Address>();
        assert_eq!(parse("/run/x.sock"), Ok(Address::Unix("/run/x.sock".into())));
        assert_eq!(parse("unix:///run/x.sock"), Ok(Address::Unix("/run/x.sock".into())));
        assert_eq!(parse("http://[::1]:50051"), Ok(Address::Http("http://[::1]:50051".into())));
        assert!(parse("https://host").is_err());
        assert!(parse("").is_err());
    }

    #[tokio::test]
    async fn errors_say_what_to_do() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("agent.sock");
        let address = Address::Unix(path.clone());
        let error = connect(&address).await.expect_err("no socket").to_string();
        assert!(error.contains("start it with `lunette run`"), "{error}");
        drop(UnixListener::bind(&path).expect("a socket"));
        let error = connect(&address).await.expect_err("nobody listens").to_string();
        assert!(error.contains("gone"), "{error}");
        let error = connect(&Address::Http("http://127.0.0.1:1".into())).await.expect_err("nothing there");
        assert!(matches!(error, ConnectError::NoAgent(_)), "{error}");
    }

    #[test]
    fn a_denied_permission_is_said() {
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        assert!(why(&Address::default(), &denied).to_string().contains("sudo"));
    }
}
