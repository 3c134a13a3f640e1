//! Nothing that must stay in a capture leaves it: secrets of every form, in captures of every form, through every
//! command and every form of its output; and nothing that a terminal, a browser, a spreadsheet or a reader
//! of Markdown would obey.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a test writes captures and reads what is made of them"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What every secret holds.
const MARK: &str = "qLeak9Kp";

/// Texts with a secret each; `{}` stands for it.
const SECRETS: &[&str] = &[
    "password={}",
    "passwd='{}'",
    "--docker-password={}",
    "--docker-password {}",
    "az login --service-principal -u x -p {} --tenant y",
    "docker login contoso.azurecr.io -u admin -p {}",
    "--from-literal=password={}",
    "--set db.password={}",
    "--set-string auth.token={}",
    "curl -u admin:{} https://contoso.example/",
    "DB_PASSWORD: {}",
    "API_TOKEN: {}",
    "AWS_SECRET_ACCESS_KEY={}",
    "adminPassword: {}",
    "clientSecret: {}",
    "secretKey: {}",
    "accessToken: {}",
    "access_token={}&x=y",
    "https://admin:{}@db.contoso.example/",
    "redis://:{}@cache.contoso.example:6379",
    "postgres://web:a@{}@db.contoso.example:5432/shop",
    "Authorization: Bearer {}",
    "Authorization: Basic {}",
    "X-Api-Key: {}",
    "https://contoso.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig={}%3D",
    "DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey={}==;EndpointSuffix=core.windows.net",
    "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={}=",
    "Server=tcp:db.contoso.example;User ID=sa;Password={};Encrypt=true",
    "InstrumentationKey={};IngestionEndpoint=https://x.example/",
    ".dockerconfigjson: {}",
    r#"{"auths":{"contoso.azurecr.io":{"username":"u","password":"{}"}}}"#,
    r#"{"auths":{"contoso.azurecr.io":{"auth":"{}"}}}"#,
    r#"{"identitytoken":"{}"}"#,
    r#"{"name":"DB_PASSWORD","value":"{}"}"#,
    r#"["--password","{}"]"#,
    "-----BEGIN RSA PRIVATE KEY----- {} -----END RSA PRIVATE KEY-----",
    "eyJhbGciOiJSUzI1NiJ9.{}.c2ln",
    "glpat-{}",
    "ghp_{}abcdefghijklmnop",
    "sshpass -p {} ssh x",
];

/// Returns the text with the secret of its number.
fn planted(number: usize) -> String {
    let secret = format!("Zx{number:02}{MARK}TqWmRv73");
    SECRETS[number].replace("{}", &secret)
}

/// What fails, with something of a stranger's behind it.
fn failure(said: &str) -> String {
    format!(
        "Failed to pull image \"contoso.azurecr.io/shop/web:v1\": rpc error: code = NotFound desc = failed to pull \
         and unpack image \"contoso.azurecr.io/shop/web:v1\": failed to resolve reference \
         \"contoso.azurecr.io/shop/web:v1\": contoso.azurecr.io/shop/web:v1: not found {said}"
    )
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What somebody typed, and what was answered.
fn session(said: &str) -> String {
    format!(
        "$ kubectl run x --image=y -- {said}\nError from server (Forbidden): pods is forbidden: User \"{said}\" cannot create\n\
         $ helm install web contoso/web {said}\nError: INSTALLATION FAILED: cannot re-use a name that is still in use {said}\n\
         $ az k8s-extension create -n flux {said}\n\
         ERROR: (ExtensionOperationFailed) The extension operation failed with the following error: {said}\n\
         $ nslookup contoso.azurecr.io\nServer:\t\t10.0.0.10\nAddress:\t10.0.0.10#53\n\n\
         ** server can't find contoso.azurecr.io: NXDOMAIN\n{said}\n"
    )
}

/// Captures in which `said` stands wherever captures hold the text of others.
fn captures(number: usize, said: &str) -> Vec<(String, String)> {
    let failed = failure(said);
    let name = format!("web-{number}");
    let quoted = json(&failed);
    let event = format!(
        "{{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"type\":\"Warning\",\"reason\":\"Failed\",\"message\":{quoted},\
         \"metadata\":{{\"name\":\"e\",\"namespace\":\"shop\"}},\
         \"involvedObject\":{{\"kind\":\"Pod\",\"name\":\"{name}-j\",\"namespace\":\"shop\"}}}}\n"
    );
    let table = format!(
        "NAMESPACE   LAST SEEN   TYPE      REASON   OBJECT      MESSAGE\n\
         shop        5m          Warning   Failed   pod/{name}-t   {failed}\n"
    );
    let describe = format!(
        "Name:             {name}-d\nNamespace:        shop\nStatus:           Pending\n\
         Annotations:      note: {said}\nContainers:\n  web:\n    Image:          contoso.azurecr.io/shop/web:v1\n\
         \x20   Args:\n      {said}\n    State:          Waiting\n      Reason:       ErrImagePull\n      Message:      {failed}\n\
         \x20   Ready:          False\n    Environment:\n      {said}\nEvents:\n  Type     Reason  Age   From     Message\n\
         \x20 ----     ------  ----  ----     -------\n  Warning  Failed  5m    kubelet  {failed}\n"
    );
    let pod = format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}-y\n  namespace: shop\n  annotations:\n    note: {said_json}\n\
         spec:\n  containers:\n  - name: web\n    image: contoso.azurecr.io/shop/web:v1\n    args:\n    - {said_json}\n\
         \x20   env:\n    - name: NOTE\n      value: {said_json}\nstatus:\n  phase: Pending\n  containerStatuses:\n  - name: web\n\
         \x20   ready: false\n    state:\n      waiting:\n        reason: ErrImagePull\n        message: {quoted}\n",
        said_json = json(said),
    );
    let config = format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  namespace: shop\ndata:\n  note: {}\n",
        json(said)
    );
    let agent = format!(
        "{{\"Message\":{},\"LogType\":\"ConfigAgentTrace\",\"LogLevel\":\"Error\",\"Environment\":\"prod\",\
         \"Role\":\"ClusterConfigAgent\",\"TS\":\"2026-11-21T10:00:00.0000000Z\",\"AgentName\":\"ConfigAgent\"}}\n",
        json(&format!("Error: {{\\\"error\\\":{{\\\"code\\\":\\\"Forbidden\\\"}}}} 403 {said}"))
    );
    let logs = format!(
        "E1121 10:00:00.000000    1234 pod_workers.go:1300] \"Error syncing pod, skipping\" err=\"failed to \
         \\\"StartContainer\\\" for \\\"web\\\" with ErrImagePull: {failed}\" pod=\"shop/{name}-l\"\n\
         2026-11-21T10:00:01Z ERROR {failed}\n\
         time=\"2026-11-21T10:00:02Z\" level=error msg={quoted}\n"
    );
    let files = [
        ("event.json", event),
        ("events.txt", table),
        ("describe.txt", describe),
        ("pod.yaml", pod),
        ("config.yaml", config),
        ("agent.log", agent),
        ("kubelet.log", logs),
        ("session.txt", session(said)),
        ("notes.txt", format!("{said}\n{failed}\n{said}\n")),
    ];
    files.map(|(file, text)| (format!("{number:02}/{file}"), text)).into()
}

/// Forms of a report and of a comparison.
const FORMS: &[&str] = &["text", "json", "jsonl", "sarif", "junit", "markdown", "csv", "html"];

/// A bundle on disk, and the command to look at it.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new(files: &[(String, String)]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            let path = desk.0.path().join("bundle").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::create_dir(desk.0.path().join("empty")).unwrap();
        desk
    }

    /// Runs the command and returns all that it says.
    fn told(&self, arguments: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kubetriage"));
        command.args(arguments.split(' ')).current_dir(self.0.path()).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments}: {output:?}");
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    }

    /// Returns everything that the commands tell, each with the command that tells it.
    fn all(&self) -> Vec<(String, String)> {
        let mut told = Vec::new();
        for (name, command) in [
            ("analyze", "analyze bundle --context 2 --max-evidence 50"),
            ("new", "diff empty bundle"),
            ("gone", "diff bundle empty"),
        ] {
            let forms = FORMS.iter().map(|form| format!(" --format {form}={name}.{form}"));
            let command = format!("{command}{}", forms.collect::<String>());
            told.push((command.clone(), self.told(&command)));
            for form in FORMS {
                let file = format!("{name}.{form}");
                let text = fs::read_to_string(self.0.path().join(&file)).unwrap();
                assert!(!text.is_empty(), "{file}");
                told.push((file, text));
            }
        }
        let report = fs::read_to_string(self.0.path().join("analyze.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        let id = report["findings"][0]["id"].as_str().unwrap();
        for command in [
            "analyze bundle -v --context 3",
            "analyze bundle -q",
            "analyze bundle --narrate",
            "analyze bundle --group-by artifact",
            "collect bundle --verify",
            "collect bundle --verify --format json",
            "collect bundle --verify --script sh",
            "collect bundle --verify --script powershell",
            "parse bundle",
            "parse bundle --format json",
            &format!("show {id} bundle --context 5"),
            &format!("show {id} bundle --format json"),
        ] {
            told.push((command.to_owned(), self.told(command)));
        }
        told.push(("redact".to_owned(), self.cleaned()));
        told
    }

    /// Returns the text of every file of the cleaned copy.
    fn cleaned(&self) -> String {
        self.told("redact bundle -o clean");
        texts(&self.0.path().join("clean"))
    }
}

fn texts(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = |path: std::path::PathBuf| {
        if path.is_dir() { texts(&path) } else { fs::read_to_string(path).unwrap() }
    };
    entries.map(text).collect()
}

/// Returns the numbers of the secrets that a text shows.
fn leaks(text: &str) -> Vec<&'static str> {
    let shown = |number: &usize| text.contains(&format!("Zx{number:02}{MARK}"));
    (0..SECRETS.len()).filter(shown).map(|number| SECRETS[number]).collect()
}

#[test]
fn no_secret_leaves_a_capture() {
    let files: Vec<_> =
        (0..SECRETS.len()).flat_map(|number| captures(number, &planted(number))).collect();
    let desk = Desk::new(&files);
    let mut wrong = Vec::new();
    for (command, told) in &desk.all() {
        for form in leaks(told) {
            let line = told.lines().find(|line| leaks(line).contains(&form)).unwrap_or_default();
            let line: String = line.chars().take(400).collect();
            wrong.push(format!("{command}: {form}\n    {line}"));
        }
    }
    assert!(wrong.is_empty(), "{} leaks\n{}", wrong.len(), wrong.join("\n"));
}

/// Names and messages that want more than to be read.
const TRICKS: &[&str] = &[
    "\u{1b}]0;owned\u{7}",
    "\u{1b}[2J\u{1b}[31mred",
    "\u{9b}31mred",
    "\u{202e}gpj.exe",
    "\u{2066}a\u{2069}\u{200b}b\u{2060}c\u{e0041}",
    "a\r\nERROR forged",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "]]><system-out>",
    "=HYPERLINK(\"http://x\")",
    "@octocat ![x](javascript:alert(1)) [x](javascript:alert(1))",
    "$(touch owned)",
    "`touch owned`",
    "'; touch owned; '",
    "a & touch owned",
];

/// Captures in which a trick stands in every field that holds text.
fn tricky(number: usize, trick: &str) -> Vec<(String, String)> {
    let quoted = json(trick);
    let failed = json(&failure(trick));
    let said = failure(&trick.replace(['\r', '\n'], " "));
    let pod = format!(
        "{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{{\"name\":{quoted},\"namespace\":{quoted},\
         \"labels\":{{{quoted}:{quoted}}}}},\"spec\":{{\"nodeName\":{quoted},\"containers\":[{{\"name\":{quoted},\
         \"image\":{quoted}}}]}},\"status\":{{\"phase\":\"Pending\",\"reason\":{quoted},\"message\":{quoted},\
         \"containerStatuses\":[{{\"name\":{quoted},\"image\":{quoted},\"ready\":false,\"state\":{{\"waiting\":\
         {{\"reason\":\"ImagePullBackOff\",\"message\":{failed}}}}}}}]}}}}\n"
    );
    let event = format!(
        "{{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"type\":\"Warning\",\"reason\":\"Failed\",\"message\":{failed},\
         \"source\":{{\"component\":\"kubelet\",\"host\":{quoted}}},\"metadata\":{{\"name\":{quoted},\"namespace\":{quoted}}},\
         \"involvedObject\":{{\"kind\":\"Pod\",\"name\":{quoted},\"namespace\":{quoted}}}}}\n"
    );
    let table = format!(
        "NAMESPACE   LAST SEEN   TYPE      REASON   OBJECT      MESSAGE\n\
         shop        5m          Warning   Failed   pod/web-{number}   {said}\n"
    );
    let node = format!(
        "{{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{{\"name\":{quoted}}},\"spec\":{{\"taints\":[{{\"key\":{quoted},\
         \"effect\":\"NoSchedule\"}}]}},\"status\":{{\"conditions\":[{{\"type\":\"Ready\",\"status\":\"False\",\
         \"reason\":{quoted},\"message\":{quoted}}}]}}}}\n"
    );
    let log = format!("E1121 10:00:00.000000 1 x.go:1] {said}\n");
    // A file may be called anything but a folder.
    let named = trick.replace('/', "|");
    let files = [
        ("pod.json", pod),
        ("event.json", event),
        ("events.txt", table.clone()),
        ("node.json", node),
        ("kubelet.log", log),
        (named.as_str(), table),
    ];
    files.map(|(file, text)| (format!("{number:02}/{file}"), text)).into()
}

/// Returns what in an output is more than text, if anything.
fn obeyed(name: &str, told: &str) -> Option<String> {
    let form = name.rsplit('.').next().unwrap_or_default();
    let is_markdown = form == "markdown";
    let hidden = |c: char| match c {
        '\n' => false,
        '\r' => form != "csv",
        // Breaks mentions of users.
        '\u{2060}' => !is_markdown,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2061}'..='\u{206f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        other => other.is_control(),
    };
    if let Some(found) = told.chars().find(|c| hidden(*c)) {
        return Some(format!("{found:?}"));
    }
    let markup: &[&str] = match form {
        "html" => &["<script>alert", "<img", "href=\"javascript"],
        "junit" => &["]]>", "<script>", "<img", "<system-out>\n</system-out><"],
        "csv" => &["\n=", ",=", ",\"=", "\n\"=", ",@", ",\"@"],
        "markdown" => &["<script>", "<img", "@octocat ", "![x]("],
        _ => &[],
    };
    let text = if is_markdown { without_code(told) } else { told.to_owned() };
    markup.iter().find(|sign| text.contains(**sign)).map(|sign| (*sign).to_owned())
}

/// Returns Markdown without what stands between backticks, where nothing is markup.
fn without_code(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some(at) = rest.find('`') {
        let (before, behind) = rest.split_at(at);
        let inside = behind.trim_start_matches('`');
        let run = &behind[..behind.len() - inside.len()];
        let closes = |(end, _): &(usize, &str)| {
            !inside[..*end].ends_with('`') && !inside[end + run.len()..].starts_with('`')
        };
        let end = inside.match_indices(run).find(closes).map(|(end, _)| end + run.len());
        text.push_str(before);
        rest = end.map_or(inside, |end| &inside[end..]);
    }
    text + rest
}

#[test]
fn nothing_of_a_capture_is_obeyed() {
    let files: Vec<_> =
        (0..TRICKS.len()).flat_map(|number| tricky(number, TRICKS[number])).collect();
    let desk = Desk::new(&files);
    let mut wrong = Vec::new();
    for (name, told) in desk.all() {
        // A copy is to say the same as its original.
        if let Some(sign) = obeyed(&name, &told).filter(|_| name != "redact") {
            let line = told.lines().find(|line| line.contains(&sign)).unwrap_or_default();
            wrong.push(format!("{name}: {sign}: {}", line.escape_debug()));
        }
        if name.contains("--script sh") {
            fs::write(desk.0.path().join("collect.sh"), &told).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let bin = desk.0.path().join("bin");
    fs::create_dir(&bin).unwrap();
    for tool in ["kubectl", "az", "helm"] {
        fs::write(bin.join(tool), "#!/bin/sh\nexit 0\n").unwrap();
        #[cfg(unix)]
        fs::set_permissions(bin.join(tool), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
    }
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.arg("collect.sh").current_dir(desk.0.path()).env("PATH", path).stdin(Stdio::null());
    assert!(shell.output().unwrap().status.success());
    assert!(!desk.0.path().join("owned").exists());
}
