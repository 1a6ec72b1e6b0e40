//! Sends a request, over a connection of its own, to a server that passes it to the application.

use std::convert::identity;

use anyhow::{Context as _, Result};
use bytes::Bytes;
use http_body_util::{BodyExt as _, combinators::UnsyncBoxBody};
use hyper::{Request, Response, StatusCode, body::Incoming, client, server, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use wasmtime::component::Accessor;
use wasmtime_wasi_http::{
    WasiHttpView as _,
    p3::{self, bindings::Service},
};

use crate::{
    application::{Application, State},
    delivery::Body,
};

/// How many fields the server accepts, and how large its buffer is, in bytes. Cases have a thousand fields, and fields of a
/// megabyte, which are beyond the server's defaults.
const FIELDS: usize = 4096;
const BUFFER: usize = 8 << 20;

/// The response, as the client received it.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
}

pub(crate) async fn run(
    application: &mut Application,
    request: Request<Body>,
    now: u64,
) -> Result<Received> {
    application.set_clock(now);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let client = TcpStream::connect(listener.local_addr()?).await?;
    let (server, _) = listener.accept().await?;
    let service = &application.service;
    application
        .store
        .run_concurrent(async |store| {
            let (served, received) =
                tokio::join!(serve(store, service, server), send(client, request));
            // The application's error says more than the client's.
            served.and(received)
        })
        .await
        .map_err(anyhow::Error::from)
        .and_then(identity)
}

async fn serve(store: &Accessor<State>, service: &Service, stream: TcpStream) -> Result<()> {
    let handler = service_fn(|request| handle(store, service, request));
    server::conn::http1::Builder::new()
        .max_headers(FIELDS)
        .max_buf_size(BUFFER)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), handler)
        .await
        .context("the server")
}

async fn handle(
    store: &Accessor<State>,
    service: &Service,
    request: Request<Incoming>,
) -> wasmtime::Result<Response<UnsyncBoxBody<Bytes, wasmtime_wasi_http::Error>>> {
    let request = store.with(|mut store| {
        let hooks = store.data_mut().http().hooks;
        p3::Request::from_http(hooks, request).0
    });
    let response = service.handle(store, request).await??;
    store.with(|store| response.into_http(store, async { Ok(()) }))
}

async fn send(stream: TcpStream, request: Request<Body>) -> Result<Received> {
    let (mut sender, connection) = client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let exchange = async {
        let response = sender.send_request(request).await?;
        let (head, body) = response.into_parts();
        let content_type = head.headers.get("content-type");
        let content_type = content_type.and_then(|value| value.to_str().ok());
        Ok(Received {
            status: head.status,
            content_type: content_type.map(str::to_owned),
            body: body.collect().await?.to_bytes(),
        })
    };
    let (connection, received) = tokio::join!(connection, exchange);
    connection.context("the client's connection").and(received)
}
