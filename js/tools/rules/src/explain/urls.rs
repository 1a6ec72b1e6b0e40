//! Which URL may be registered in place of the configured one.

use alloc::{
    format,
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use super::{mistake::Mistake, request::ExplainRequest};

/// The parts of a URL, each with its own punctuation: `https://`, `example.com:8080`, `/hooks`, `?a=1`, `#b`.
#[derive(Clone, Copy)]
struct Url<'u> {
    scheme: &'u str,
    authority: &'u str,
    path: &'u str,
    query: &'u str,
    fragment: &'u str,
}

impl<'u> Url<'u> {
    fn of(url: &'u str) -> Option<Self> {
        let (scheme, rest) = url.split_at(url.find("://")? + 3);
        let (rest, fragment) = split(rest, '#');
        let (rest, query) = split(rest, '?');
        let (authority, path) = split(rest, '/');
        Some(Self {
            scheme,
            authority,
            path,
            query,
            fragment,
        })
    }

    fn text(&self) -> String {
        [
            self.scheme,
            self.authority,
            self.path,
            self.query,
            self.fragment,
        ]
        .concat()
    }

    fn host(&self) -> &'u str {
        let (host, port) = self
            .authority
            .rsplit_once(':')
            .unwrap_or((self.authority, ""));
        let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
        if is_port { host } else { self.authority }
    }
}

/// Splits before the first such character.
fn split(text: &str, at: char) -> (&str, &str) {
    text.split_at(text.find(at).unwrap_or(text.len()))
}

/// A mistake, and which URLs would be right.
struct Undo {
    name: &'static str,
    advice: &'static str,
    undo: fn(&Url<'_>) -> Vec<String>,
}

const UNDO: [Undo; 9] = [
    Undo {
        name: "url_slash",
        advice: "The URLs differ in the slash at the end of the path.",
        undo: |url| {
            let slash = format!("{}/", url.path);
            let path = url.path.strip_suffix('/').unwrap_or(&slash);
            vec![Url { path, ..*url }.text()]
        },
    },
    Undo {
        name: "url_scheme",
        advice: "The URLs differ in http and https.",
        undo: |url| {
            let scheme = if url.scheme == "https://" {
                "http://"
            } else {
                "https://"
            };
            vec![Url { scheme, ..*url }.text()]
        },
    },
    Undo {
        name: "url_port",
        advice: "The URLs differ in the port.",
        undo: |url| {
            let with = |port: &str| {
                let authority = &[url.host(), port].concat();
                Url { authority, ..*url }.text()
            };
            ["", ":443", ":80", ":8080", ":8443"].map(with).into()
        },
    },
    Undo {
        name: "url_query",
        advice: "The query does not belong to the registered URL.",
        undo: |url| vec![Url { query: "", ..*url }.text()],
    },
    Undo {
        name: "url_fragment",
        advice: "What stands behind the # does not belong to the registered URL.",
        undo: |url| {
            vec![
                Url {
                    fragment: "",
                    ..*url
                }
                .text(),
            ]
        },
    },
    Undo {
        name: "url_escapes",
        advice: "The URL has an escaped character: write it as it was registered.",
        undo: |url| {
            let text = url.text();
            let escapes = [
                ("&amp;", "&"),
                ("\\", ""),
                ("%26", "&"),
                ("%3D", "="),
                ("%2F", "/"),
                ("%20", "+"),
                ("+", "%20"),
            ];
            escapes
                .map(|(escaped, plain)| text.replace(escaped, plain))
                .into()
        },
    },
    Undo {
        name: "url_host_case",
        advice: "The URLs differ in capital letters of the host.",
        undo: |url| {
            let authority = &url.authority.to_ascii_lowercase();
            vec![Url { authority, ..*url }.text()]
        },
    },
    Undo {
        name: "url_host",
        advice: "The URLs differ in the host.",
        undo: |url| {
            let with_www = format!("www.{}", url.authority);
            let www = url.authority.strip_prefix("www.").unwrap_or(&with_www);
            let local = url.authority.replace("localhost", "127.0.0.1");
            let named = url.authority.replace("127.0.0.1", "localhost");
            [www, &local, &named]
                .map(|authority| Url { authority, ..*url }.text())
                .into()
        },
    },
    Undo {
        name: "url_double_slash",
        advice: "The path has two slashes in a row.",
        undo: |url| {
            let path = &url.path.replace("//", "/");
            vec![Url { path, ..*url }.text()]
        },
    },
];

/// Returns the URLs that may be registered: with one mistake undone, as the request came, and with two mistakes undone.
pub(super) fn candidates(request: &ExplainRequest) -> Vec<(String, Mistake)> {
    let Some(configured) = &request.url else {
        return Vec::new();
    };
    let mut candidates = undone(configured);
    candidates.extend(as_requested(request, configured));
    let twice: Vec<_> = candidates
        .iter()
        .flat_map(|(url, first)| {
            let undone = undone(url).into_iter();
            undone.map(|(url, second)| (url, first.and(&second)))
        })
        .filter(|(url, _)| url != configured)
        .collect();
    candidates.extend(twice);
    candidates
}

fn undone(url: &str) -> Vec<(String, Mistake)> {
    let Some(parts) = Url::of(url) else {
        return Vec::new();
    };
    let undone = UNDO.iter().flat_map(|Undo { name, advice, undo }| {
        let urls = undo(&parts).into_iter().filter(|other| other != url);
        urls.map(|url| (url, Mistake::of(name, *advice)))
    });
    undone.collect()
}

/// The URLs by which the request came: path and query, and the host that it names.
fn as_requested(request: &ExplainRequest, configured: &str) -> Vec<(String, Mistake)> {
    let (Some(target), Some(url)) = (&request.target, Url::of(configured)) else {
        return Vec::new();
    };
    let advice = "The path or the query is another. An & in a command has to be in quotes, or the shell cuts the URL there.";
    let origin = [url.scheme, url.authority].concat();
    let mut candidates = vec![(
        [&*origin, target].concat(),
        Mistake::of("url_target", advice),
    )];
    let advice = "The host or the scheme is another.";
    for name in ["x-forwarded-host", "host"] {
        // A sender may name any number of hosts.
        for host in request.header(name).into_iter().take(2) {
            for scheme in ["https://", "http://"] {
                let url = [scheme, host, target].concat();
                candidates.push((url, Mistake::of("url_host", advice.to_string())));
            }
        }
    }
    candidates.retain(|(url, _)| url != configured);
    candidates
}
