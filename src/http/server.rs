//! Taking connections: how many, how patient, and how they end.
//!
//! A connection ends when it is silent at its beginning, when it has had no request for a while, and when its client
//! doesn't read what it is sent. Those of one address are counted, so that nobody takes all places.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, Version, header};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, sleep_until};
use tower::ServiceExt;

use super::caller::Caller;
use super::pace::Paces;
use super::patience::Patient;
use super::unheard::{Heard, Outspoken, last_words, refusal, too_many};
use crate::app::App;
use crate::config::Server;

/// How long a client that was told to go may take to do so.
const GOODBYE: Duration = Duration::from_secs(2);
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
    let guests = Guests::default();
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
                let guest = match guests.welcome(address.ip(), settings) {
                    Ok(guest) => guest,
                    Err(TooMany) => {
                        turn_away(app, &stream, address);
                        continue;
                    }
                };
                let connection = Connection {
                    app: Arc::clone(app),
                    router: router.clone(),
                    builder: Arc::clone(&builder),
                    address,
                    place: Arc::new(Place {
                        _permit: place,
                        _guest: guest,
                    }),
                };
                app.tasks.spawn(connection.run(stream));
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

/// The place that a connection takes. It is among the extensions of its requests, so that a WebSocket keeps it when HTTP
/// has ended.
#[derive(Debug)]
pub struct Place {
    _permit: OwnedSemaphorePermit,
    _guest: Guest,
}

/// The connections of each address.
#[derive(Clone, Debug, Default)]
struct Guests(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection of an address, until it is dropped.
#[derive(Debug)]
struct Guest {
    guests: Guests,
    address: Option<IpAddr>,
}

/// The address has as many connections as it may have.
#[derive(Debug, PartialEq, Eq)]
struct TooMany;

impl Guests {
    fn welcome(&self, address: IpAddr, settings: &Server) -> Result<Guest, TooMany> {
        let address = address.to_canonical();
        // Behind a proxy stand all its clients.
        let counted = !settings.trusted_proxies.contains(&address);
        if counted {
            let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let count = open.entry(address).or_default();
            if *count >= settings.connections_per_address {
                return Err(TooMany);
            }
            *count += 1;
        }
        Ok(Guest {
            guests: self.clone(),
            address: counted.then_some(address),
        })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut open = self.guests.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&address);
            }
        }
    }
}

fn is_stream(answer: &Response) -> bool {
    let content_type = answer.headers().get(header::CONTENT_TYPE);
    content_type.is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"))
}

/// Says why, as far as that is possible without waiting for anybody.
fn turn_away(app: &App, stream: &TcpStream, address: SocketAddr) {
    let refusal = too_many(app.config.server.connections_per_address);
    let caller = Caller::unheard(app, address.ip());
    let _ = stream.try_write(&last_words(&refusal, &caller, &app.config));
}

/// What is said to somebody whose request wasn't heard.
fn words(app: &App, address: SocketAddr, status: StatusCode) -> Option<Vec<u8>> {
    let refusal = refusal(status, &app.config.server)?;
    let caller = Caller::unheard(app, address.ip());
    Some(last_words(&refusal, &caller, &app.config))
}

fn is_late(error: &(dyn std::error::Error + 'static)) -> bool {
    let error = error.downcast_ref::<hyper::Error>();
    error.is_some_and(hyper::Error::is_timeout)
}

struct Connection {
    app: Arc<App>,
    router: Router,
    builder: Arc<Builder<TokioExecutor>>,
    address: SocketAddr,
    place: Arc<Place>,
}

impl Connection {
    async fn run(self, stream: TcpStream) {
        // Answers are written whole; waiting for more to send along would only delay them.
        let _ = stream.set_nodelay(true);
        let requests = Arc::new(AtomicU64::new(0));
        let paces = Arc::new(Paces::new());
        let watched = Arc::clone(&paces);
        let service = {
            let (router, address, requests) = (self.router, self.address, Arc::clone(&requests));
            let place = Arc::clone(&self.place);
            service_fn(move |request: Request<Incoming>| {
                requests.fetch_add(1, Ordering::Relaxed);
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(address));
                request.extensions_mut().insert(Arc::clone(&place));
                let paced = (request.version() == Version::HTTP_2)
                    .then(|| (Arc::clone(&paces), paces.enter()));
                let answer = router.clone().oneshot(request);
                async move {
                    let answer = answer.await?;
                    Ok::<_, Infallible>(match paced {
                        Some((paces, under_way)) => {
                            let events = is_stream(&answer);
                            answer.map(|body| paces.pace(body, events, under_way))
                        }
                        None => answer,
                    })
                }
            })
        };
        let settings = &self.app.config.server;
        let stream = Patient::new(stream, settings.write_timeout);
        let heard = Arc::new(Heard::default());
        let stream = {
            let (app, address) = (Arc::clone(&self.app), self.address);
            let words = Box::new(move |status| words(&app, address, status));
            Outspoken::new(stream, words, Arc::clone(&heard))
        };
        let give_up = || {
            if heard.begun()
                && let Some(words) = words(&self.app, self.address, StatusCode::REQUEST_TIMEOUT)
            {
                heard.say_last(words);
            }
        };
        let connection = self
            .builder
            .serve_connection_with_upgrades(TokioIo::new(stream), service);
        let mut connection = std::pin::pin!(connection);
        // The library's own patience begins only once it knows which HTTP it is.
        let mut look = Instant::now() + settings.header_timeout;
        let mut check = Instant::now() + settings.write_timeout;
        let (mut stopping, mut told, mut seen) = (false, false, 0);
        loop {
            tokio::select! {
                result = connection.as_mut() => {
                    if let Err(error) = result {
                        if is_late(&*error) {
                            give_up();
                        }
                        tracing::debug!(%error, address = %self.address, "a connection broke");
                    }
                    return;
                }
                () = self.app.stopping.cancelled(), if !stopping => {
                    stopping = true;
                    connection.as_mut().graceful_shutdown();
                }
                () = sleep_until(check) => {
                    if watched.stalled(settings.write_timeout) {
                        return;
                    }
                    check = Instant::now() + settings.write_timeout;
                }
                () = sleep_until(look), if !stopping => {
                    let served = requests.load(Ordering::Relaxed);
                    // A client of HTTP/2 that doesn't even answer a goodbye isn't waited for.
                    if served == 0 || told && watched.all_done() {
                        give_up();
                        return;
                    }
                    look = Instant::now() + settings.idle_timeout;
                    if told || served == seen {
                        // What is under way may end; nothing new is taken.
                        if !told {
                            connection.as_mut().graceful_shutdown();
                        }
                        told = true;
                        look = Instant::now() + GOODBYE;
                    }
                    seen = served;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_connections_and_a_proxy_any_number() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let settings = Server {
            connections_per_address: 2,
            trusted_proxies: vec![ip("10.0.0.1")],
            ..Server::default()
        };
        let guests = Guests::default();
        let welcome = |address: &str| guests.welcome(ip(address), &settings);
        let first = welcome("192.0.2.7").expect("a place");
        let _second = welcome("::ffff:192.0.2.7").expect("a place");
        assert_eq!(welcome("192.0.2.7").err(), Some(TooMany));
        let _other = welcome("192.0.2.8").expect("a place of its own");
        drop(first);
        let _third = welcome("192.0.2.7").expect("a place that came free");
        let through: Vec<_> = (0..5).map(|_| welcome("10.0.0.1")).collect();
        assert!(through.iter().all(Result::is_ok));
        drop(through);
        assert_eq!(guests.0.lock().expect("no panic").len(), 2);
    }
}
