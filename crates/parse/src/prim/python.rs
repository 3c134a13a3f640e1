//! Python's notation of data, as programs write it that dump their objects (`str`, `pprint`).
//!
//! ```text
//! {'api_version': None,
//!  'metadata': {'creation_timestamp': datetime.datetime(2026, 3, 11, 13, 2, 1, tzinfo=tzutc()),
//!  'status': {'message': 'containers with unready status: '
//!                        '[config-agent]',
//! ```
//!
//! Becomes a JSON value, with the place of every key. A text that ends early gives what was read so far.
//!
//! QUIRKS: neighboring strings are one string; `datetime.datetime(…)` becomes a time stamp as the API writes it,
//! other calls and `<… object at 0x…>` their own text; tuples are lists.

use serde_json::{Map, Number, Value};

/// Deepest nesting that is followed.
const MAX_DEPTH: usize = 64;

/// What was read of a text.
#[derive(Debug)]
pub(crate) struct Literal {
    /// The value.
    pub(crate) value: Value,
    /// Byte behind it.
    pub(crate) end: usize,
    /// Path of every key (`status.conditions.0.type`), and the byte at which it stands.
    pub(crate) keys: Vec<(String, usize)>,
    /// True when the text ends inside the value.
    pub(crate) cut: bool,
}

/// Reads the value that starts at the first byte of `text`; `name` gives keys the spelling of the API, and is
/// told the key above. `None` when the text is no such notation.
pub(crate) fn read(text: &str, name: fn(&str, &str) -> String) -> Option<Literal> {
    let mut reader = Reader { text, at: 0, path: Vec::new(), keys: Vec::new(), cut: false, name };
    let value = reader.value()?;
    Some(Literal { value, end: reader.at, keys: reader.keys, cut: reader.cut })
}

/// Spells an attribute of the Kubernetes client (`pod_ip`) as the API does (`podIP`). Keys of maps whose keys
/// are data (labels, capacities) stay as they are.
pub(crate) fn kubernetes_name(key: &str, above: &str) -> String {
    const OPEN: &[&str] = &[
        "allocatable",
        "annotations",
        "binaryData",
        "capacity",
        "data",
        "labels",
        "limits",
        "matchLabels",
        "nodeSelector",
        "requests",
        "stringData",
    ];
    if OPEN.contains(&above) { key.to_owned() } else { joined(key, true) }
}

/// Spells an attribute of the Azure SDK (`tenant_id`) as its API does (`tenantId`).
pub(crate) fn azure_name(key: &str, above: &str) -> String {
    if above == "tags" { key.to_owned() } else { joined(key, false) }
}

/// Joins words separated by `_`, each but the first with a capital; `capitals` writes abbreviations in them.
fn joined(key: &str, capitals: bool) -> String {
    let mut name = String::with_capacity(key.len());
    for (index, word) in key.trim_matches('_').split('_').enumerate() {
        match word {
            "id" | "ip" | "cidr" | "uuid" | "pid" | "ipc" if capitals && index > 0 => {
                name.push_str(&word.to_ascii_uppercase());
            }
            "ips" if capitals && index > 0 => name.push_str("IPs"),
            _ => {
                let mut letters = word.chars();
                let first = letters.next().into_iter();
                let raised = first.map(|c| if index > 0 { c.to_ascii_uppercase() } else { c });
                name.extend(raised.chain(letters));
            }
        }
    }
    name
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    path: Vec<String>,
    keys: Vec<(String, usize)>,
    cut: bool,
    name: fn(&str, &str) -> String,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Returns the next byte that is not blank; none at the end of the text.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        let next = self.rest().bytes().next();
        self.cut |= next.is_none();
        next
    }

    /// value = dict | list | tuple | string | word
    fn value(&mut self) -> Option<Value> {
        if self.path.len() >= MAX_DEPTH {
            return None;
        }
        match self.peek() {
            None => Some(Value::Null),
            Some(b'{') => self.dict(),
            Some(b'[') => self.list(b']'),
            Some(b'(') => self.list(b')'),
            Some(b'\'' | b'"') => self.strings().map(Value::String),
            Some(b'<') => self.object(),
            Some(_) => self.word(),
        }
    }

    /// dict = "{" (key ":" value ("," key ":" value)*)? "}"
    fn dict(&mut self) -> Option<Value> {
        self.at += 1;
        let mut members = Map::new();
        loop {
            match self.peek() {
                None => return Some(Value::Object(members)),
                Some(b'}') => {
                    self.at += 1;
                    return Some(Value::Object(members));
                }
                Some(b',') => self.at += 1,
                Some(b'\'' | b'"') => {
                    let place = self.at;
                    let key = self.strings()?;
                    match self.peek() {
                        None => return Some(Value::Object(members)),
                        Some(b':') => self.at += 1,
                        Some(_) => return None,
                    }
                    let above = self.path.iter().rev().find(|part| !is_number(part));
                    let key = (self.name)(&key, above.map_or("", String::as_str));
                    let value = self.within(key.clone(), Some(place))?;
                    members.insert(key, value);
                }
                Some(_) => return None,
            }
        }
    }

    /// list = "[" (value ("," value)*)? "]"; one value in round brackets is that value.
    fn list(&mut self, end: u8) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        let mut several = end == b']';
        loop {
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    several = true;
                }
                Some(byte) if byte != end => {
                    let item = self.within(items.len().to_string(), None)?;
                    items.push(item);
                }
                found => {
                    self.at += usize::from(found.is_some());
                    return Some(grouped(items, several));
                }
            }
        }
    }

    /// Reads a value below `part` of the path.
    fn within(&mut self, part: String, place: Option<usize>) -> Option<Value> {
        self.path.push(part);
        if let Some(place) = place {
            self.keys.push((self.path.join("."), place));
        }
        let value = self.value();
        self.path.pop();
        value
    }

    /// strings = string (blank* string)*
    fn strings(&mut self) -> Option<String> {
        let mut all = String::new();
        loop {
            let quote = self.rest().chars().next()?;
            self.at += quote.len_utf8();
            self.string(quote, &mut all);
            let behind = self.at;
            if !matches!(self.rest().trim_start().bytes().next(), Some(b'\'' | b'"')) {
                return Some(all);
            }
            self.at = behind;
            self.peek();
        }
    }

    /// Reads up to the closing quote, or to the end of a text that is cut.
    fn string(&mut self, quote: char, all: &mut String) {
        let rest = self.rest();
        let mut chars = rest.char_indices();
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.at += at + c.len_utf8();
                return;
            }
            if c != '\\' {
                all.push(c);
                continue;
            }
            match chars.next() {
                Some((_, 'n')) => all.push('\n'),
                Some((_, 't')) => all.push('\t'),
                Some((_, 'r')) => all.push('\r'),
                Some((from, kind @ ('x' | 'u' | 'U'))) => {
                    let (c, digits) = coded(kind, rest.get(from + 1..).unwrap_or_default());
                    all.push(c);
                    chars.by_ref().take(digits).for_each(drop);
                }
                Some((_, other)) => all.push(other),
                None => {}
            }
        }
        self.at = self.text.len();
        self.cut = true;
    }

    /// object = "<" … ">", which may hold others.
    fn object(&mut self) -> Option<Value> {
        let mut open = 0_usize;
        for (at, byte) in self.rest().bytes().enumerate() {
            match byte {
                b'<' => open += 1,
                b'>' => open = open.checked_sub(1)?,
                b'\n' => return None,
                _ => {}
            }
            if open == 0 {
                let text = self.rest().get(..=at)?.to_owned();
                self.at += at + 1;
                return Some(Value::String(text));
            }
        }
        None
    }

    /// word = "None" | "True" | "False" | number | name "(" … ")"
    fn word(&mut self) -> Option<Value> {
        let rest = self.rest();
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-');
        let length = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let word = rest.get(..length).filter(|word| !word.is_empty())?;
        self.at += length;
        self.cut |= length == rest.len();
        if self.rest().starts_with('(') {
            return self.call(word);
        }
        Some(match word {
            "None" => Value::Null,
            "True" => Value::Bool(true),
            "False" => Value::Bool(false),
            number if number.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                number.parse::<Number>().map_or_else(|_| number.into(), Value::Number)
            }
            // What is left of a word that is cut says nothing.
            _ if self.cut => Value::Null,
            _ => return None,
        })
    }

    /// Reads the arguments of a call: a date, or a text that stays as it is.
    fn call(&mut self, name: &str) -> Option<Value> {
        let mut open = 0_usize;
        for (at, byte) in self.rest().bytes().enumerate() {
            match byte {
                b'(' => open += 1,
                b')' => open = open.checked_sub(1)?,
                _ => {}
            }
            if open == 0 {
                let arguments = self.rest().get(1..at)?;
                self.at += at + 1;
                let date = name.ends_with("datetime").then(|| stamp(arguments)).flatten();
                return Some(date.unwrap_or_else(|| format!("{name}({arguments})")).into());
            }
        }
        self.at = self.text.len();
        self.cut = true;
        Some(Value::Null)
    }
}

/// One value in round brackets is that value, everything else a list.
fn grouped(mut items: Vec<Value>, several: bool) -> Value {
    match items.pop() {
        Some(only) if !several && items.is_empty() => only,
        last => {
            items.extend(last);
            Value::Array(items)
        }
    }
}

/// Returns the character that the digits of an escape stand for, and how many they are.
fn coded(kind: char, behind: &str) -> (char, usize) {
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        _ => 8,
    };
    let code = behind.get(..digits).and_then(|code| u32::from_str_radix(code, 16).ok());
    (code.and_then(char::from_u32).unwrap_or('\u{fffd}'), digits)
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit())
}

/// Writes `2026, 3, 11, 13, 2, 1, 250000, tzinfo=tzutc()` as `2026-03-11T13:02:01.250000Z`.
fn stamp(arguments: &str) -> Option<String> {
    let parts = arguments.split(',').map(str::trim);
    let numbers: Vec<u32> = parts.map_while(|part| part.parse().ok()).collect();
    let part = |index: usize| numbers.get(index).copied();
    let (year, month, day) = (part(0)?, part(1)?, part(2)?);
    let (hour, minute, second) = (part(3)?, part(4)?, part(5).unwrap_or(0));
    let fraction = part(6).map(|micros| format!(".{micros:06}")).unwrap_or_default();
    let zone = if arguments.to_ascii_lowercase().contains("utc") { "Z" } else { "" };
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_become_json() {
        let text = "{'a_b': [1, -2.5, True, None, ('x',), ()],\n 'pod_ip': '10.0.0.1', 'host_ips': None,\n \
                    'labels': {'app_name': \"it's\"},\n 'said': 'one '\n         'two\\n' 'three \\x41\\u00e9',\n \
                    'when': datetime.datetime(2026, 3, 1, 13, 2, 1, 250, tzinfo=tzutc()),\n \
                    'who': <azext.Identity object at 0x7f01>, 'paren': ('a' 'b')} behind";
        let literal = read(text, kubernetes_name).unwrap();
        let expected = json!({
            "aB": [1, -2.5, true, null, ["x"], []],
            "podIP": "10.0.0.1",
            "hostIPs": null,
            "labels": {"app_name": "it's"},
            "said": "one two\nthree Aé",
            "when": "2026-03-01T13:02:01.000250Z",
            "who": "<azext.Identity object at 0x7f01>",
            "paren": "ab",
        });
        assert_eq!(literal.value, expected);
        assert_eq!((text.get(literal.end..), literal.cut), (Some(" behind"), false));
        let place = literal.keys.iter().find(|(path, _)| path == "labels.app_name").unwrap().1;
        assert!(text.get(place..).unwrap().starts_with("'app_name'"));
    }

    #[test]
    fn a_cut_text_gives_what_is_there() {
        let text = "{'a': {'b': 'c', 'd': ['e', 'f\\n";
        for end in 1..text.len() {
            let literal = read(text.get(..end).unwrap(), azure_name).unwrap();
            assert!(literal.cut, "{end}");
        }
        let whole = read(text, azure_name).unwrap().value;
        assert_eq!(whole, json!({"a": {"b": "c", "d": ["e", "f\n"]}}));
    }

    #[test]
    fn other_notations_are_refused() {
        for text in ["{a: 1}", "{'a' 'b'}", "[{]", "{'a': x}", "<open\n>"] {
            assert!(read(text, azure_name).is_none(), "{text}");
        }
        assert!(read(&"[".repeat(100_000), azure_name).is_none());
    }
}
