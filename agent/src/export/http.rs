//! `/metrics`, `/healthz` and `/readyz` on a local TCP port.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{ALLOW, CONTENT_TYPE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::metrics;
use super::view::View;

/// Where the metrics are, unless told otherwise.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:9469";
/// Connections served at a time; more wait.
const MAX_CONNECTIONS: usize = 16;
/// A connection has one question and one answer, and no longer than this.
const CONNECTION_TIME: Duration = Duration::from_secs(10);
const TEXT: &str = "text/plain; charset=utf-8";
const EXPOSITION: &str = "text/plain; version=0.0.4; charset=utf-8";

#[derive(Debug, Error)]
#[error("can't serve metrics on {address}: {error}; choose another address, or turn the metrics off")]
pub struct BindError {
    address: SocketAddr,
    error: std::io::Error,
}

pub async fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address).await.map_err(|error| BindError { address, error })
}

/// Serves until `shutdown`.
pub async fn serve(view: View, listener: TcpListener, shutdown: impl Future<Output = ()> + Send) {
    tokio::pin!(shutdown);
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let next = async {
            // The semaphore is never closed, so that there always is a permit in the end.
            let permit = Arc::clone(&room).acquire_owned().await.ok();
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            biased;
            () = &mut shutdown => return,
            next = next => next,
        };
        match accepted {
            Ok((connection, _)) => {
                let view = view.clone();
                tokio::spawn(async move {
                    // Who talks too slowly is cut off.
                    let _ = timeout(CONNECTION_TIME, connected(connection, view)).await;
                    drop(permit);
                });
            }
            Err(error) => {
                tracing::warn!("can't accept a connection to the metrics: {error}");
                // Out of file descriptors, mostly; nothing tells when there are some again.
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

async fn connected(connection: TcpStream, view: View) {
    let service = service_fn(|request| {
        let view = view.clone();
        async move { Ok::<_, Infallible>(answer(&request, &view).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .keep_alive(false)
        .max_buf_size(16 << 10)
        .serve_connection(TokioIo::new(connection), service)
        .await;
    if let Err(error) = served {
        tracing::debug!("a connection to the metrics broke: {error}");
    }
}

async fn answer<B>(request: &Request<B>, view: &View) -> Response<Full<Bytes>> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, TEXT, "GET or HEAD\n");
        response.headers_mut().insert(ALLOW, hyper::header::HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let stuck = "the pipeline doesn't answer\n";
    match request.uri().path() {
        "/metrics" => match view.status().await {
            Some(status) => text(StatusCode::OK, EXPOSITION, metrics::render(&status, view.is_ready())),
            None => text(StatusCode::SERVICE_UNAVAILABLE, TEXT, stuck),
        },
        "/healthz" => match view.status().await {
            Some(_) => text(StatusCode::OK, TEXT, "ok\n"),
            None => text(StatusCode::SERVICE_UNAVAILABLE, TEXT, stuck),
        },
        "/readyz" => match view.status().await {
            Some(_) if view.is_ready() => text(StatusCode::OK, TEXT, "ready\n"),
            Some(_) => text(
                StatusCode::SERVICE_UNAVAILABLE,
                TEXT,
                "not ready: `lunette status` says what the self-check waits for\n",
            ),
            None => text(StatusCode::SERVICE_UNAVAILABLE, TEXT, stuck),
        },
        _ => text(StatusCode::NOT_FOUND, TEXT, "there are /metrics, /healthz and /readyz\n"),
    }
}

fn text(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(content_type));
    response
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::{mpsc, oneshot, watch};

    use super::*;
    use crate::export::bus::Bus;
    use crate::status::{Snapshot, StatusHandle};

    async fn get(address: SocketAddr, path: &str) -> (String, String) {
        let mut connection = TcpStream::connect(address).await.expect("it listens");
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        connection.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.expect("text, and the end");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (head.lines().next().expect("a status line").to_owned(), body.to_owned())
    }

    async fn answer_always(mut requests: mpsc::Receiver<oneshot::Sender<Snapshot>>) {
        while let Some(request) = requests.recv().await {
            let _ = request.send(Snapshot { version: "0.1.0".into(), ..Snapshot::default() });
        }
    }

    #[tokio::test]
    async fn the_probes_are_true() {
        let (pipeline, requests) = StatusHandle::new();
        let (ready, receiver) = watch::channel(false);
        let view = View { bus: Bus::default(), pipeline, ready: receiver, findings_file: None };
        let listener = bind("127.0.0.1:0".parse().expect("an address")).await.expect("a port");
        let address = listener.local_addr().expect("it has one");
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(serve(view, listener, async {
            let _ = stopped.await;
        }));
        let pipeline = tokio::spawn(answer_always(requests));

        assert_eq!(get(address, "/healthz").await, ("HTTP/1.1 200 OK".into(), "ok\n".into()));
        assert!(get(address, "/readyz").await.0.contains("503"));
        ready.send(true).expect("someone listens");
        assert!(get(address, "/readyz").await.0.contains("200"));
        let (status, body) = get(address, "/metrics").await;
        assert!(status.contains("200") && body.contains("\nlunette_ready 1\n"), "{body}");
        assert!(get(address, "/").await.0.contains("404"));

        pipeline.abort();
        let _ = pipeline.await;
        assert!(get(address, "/healthz").await.0.contains("503"));
        assert!(get(address, "/readyz").await.0.contains("503"));
        stop.send(()).expect("it runs");
        server.await.expect("no panic");
    }

    #[tokio::test]
    async fn a_port_in_use_is_a_clear_word() {
        let listener = bind("127.0.0.1:0".parse().expect("an address")).await.expect("a port");
        let error = bind(listener.local_addr().expect("it has one")).await.expect_err("in use");
        assert!(error.to_string().contains("choose another address"), "{error}");
    }
}
