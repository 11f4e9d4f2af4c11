//! Taking connections: how many, how patient, and how they end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, sleep_until};
use tower::ServiceExt;

use crate::app::App;
use crate::config::Server;

/// Streams of one HTTP/2 connection.
const STREAMS: u32 = 100;

/// Serves connections until the server is told to stop. Connections under way are then told to finish; who waits for
/// them is [`App::shutdown`].
///
/// # Errors
/// None once it listens; what a connection runs into ends that connection only.
pub async fn serve(app: &Arc<App>, router: Router, listener: TcpListener) -> io::Result<()> {
    let settings = &app.config.server;
    let builder = Arc::new(builder(settings));
    let places = Arc::new(Semaphore::new(settings.connections));
    loop {
        let accepted = tokio::select! {
            () = app.stopping.cancelled() => return Ok(()),
            accepted = async {
                // A place first: who finds none waits in the system's queue.
                let place = Arc::clone(&places).acquire_owned().await.map_err(io::Error::other)?;
                Ok::<_, io::Error>((place, listener.accept().await?))
            } => accepted,
        };
        match accepted {
            Ok((place, (stream, address))) => {
                let connection = Connection {
                    app: Arc::clone(app),
                    router: router.clone(),
                    builder: Arc::clone(&builder),
                    address,
                };
                app.tasks.spawn(async move {
                    connection.run(stream).await;
                    drop(place);
                });
            }
            Err(error) => {
                // No file handles left, most likely: others must end first.
                tracing::warn!(%error, "a connection couldn't be taken");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn builder(settings: &Server) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_timeout)
        .max_headers(settings.headers)
        .max_buf_size(settings.header_bytes);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(settings.header_bytes).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(20));
    builder
}

struct Connection {
    app: Arc<App>,
    router: Router,
    builder: Arc<Builder<TokioExecutor>>,
    address: SocketAddr,
}

impl Connection {
    async fn run(self, stream: TcpStream) {
        // Answers are written whole; waiting for more to send along would only delay them.
        let _ = stream.set_nodelay(true);
        let spoken = Arc::new(AtomicBool::new(false));
        let service = {
            let (router, address, spoken) = (self.router, self.address, Arc::clone(&spoken));
            service_fn(move |request: Request<Incoming>| {
                spoken.store(true, Ordering::Relaxed);
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(address));
                router.clone().oneshot(request)
            })
        };
        let connection = self
            .builder
            .serve_connection_with_upgrades(TokioIo::new(stream), service);
        let mut connection = std::pin::pin!(connection);
        // The library's own patience begins only once it knows which HTTP it is.
        let silent = Instant::now() + self.app.config.server.header_timeout;
        let (mut stopping, mut waiting) = (false, true);
        loop {
            tokio::select! {
                result = connection.as_mut() => {
                    if let Err(error) = result {
                        tracing::debug!(%error, address = %self.address, "a connection broke");
                    }
                    return;
                }
                () = self.app.stopping.cancelled(), if !stopping => {
                    stopping = true;
                    connection.as_mut().graceful_shutdown();
                }
                () = sleep_until(silent), if waiting => {
                    waiting = false;
                    if !spoken.load(Ordering::Relaxed) {
                        return;
                    }
                }
            }
        }
    }
}
