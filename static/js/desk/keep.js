// Keeps what is typed into a form of the desk in this window until it is saved, and offers it again where it was not:
// the login had ended, the connection was lost, the page was left. Closing the window forgets it; logging out does in
// every window of the desk, and none of them keeps anything before somebody goes on typing there.
const account = document.currentScript.dataset.account;
const mine = `desk:${account}:`;
const key = mine + location.pathname;
const offer = document.querySelector("[data-kept]");
const form = offer?.closest("form");
const logout = new BroadcastChannel("desk:logout");
let loggedOut = false;

const read = (name) => JSON.parse(sessionStorage.getItem(name));
const write = (name, kept) => {
  try {
    sessionStorage.setItem(name, JSON.stringify(kept));
  } catch { /* no room left in this window */ }
};
const names = () => Object.keys(sessionStorage).filter((name) => name.startsWith("desk:"));
const forgetAll = () => {
  loggedOut = true;  // leaving the page comes next, and a timer may still run
  names().forEach((name) => sessionStorage.removeItem(name));
};
const filledIn = () => [...new FormData(form)].filter(
  ([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "_show_again"].includes(name),
);
const content = (fields) => JSON.stringify(fields.filter(([name]) => !["basis", "change_note"].includes(name)));

// Of what was sent from here the page that follows says whether it was saved; what others typed is none of our business.
function settle() {
  const saved = document.querySelector(".messagelist .success");
  for (const name of names()) {
    const kept = read(name);
    if (!name.startsWith(mine) || (kept.sent && saved)) sessionStorage.removeItem(name);
    else if (kept.sent) write(name, { ...kept, sent: false });
  }
}

function showAgain(fields) {
  const sent = document.createElement("form");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  sent.method = "post";
  for (const [name, value] of [...fields, ["csrfmiddlewaretoken", token], ["_show_again", "1"]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    sent.append(field);
  }
  document.body.append(sent);
  sent.submit();
}

function watch() {
  const refused = Boolean(form.querySelector(".errorlist, .errornote"));
  const opened = content(filledIn());
  let kept = refused ? null : read(key);
  let waiting;
  let sending = false;
  const keep = (sent = false) => {
    clearTimeout(waiting);
    if (loggedOut) return;
    const fields = filledIn();
    if (refused || content(fields) !== opened) write(key, { fields, sent, at: Date.now() });
  };
  const settled = () => {
    kept = null;
    offer.hidden = true;
  };
  if (kept && content(kept.fields) === opened) {
    sessionStorage.removeItem(key);
    settled();
  } else if (kept) {
    const at = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    offer.querySelector("time").textContent = at;
    offer.hidden = false;
    offer.querySelector("[data-show-again]").addEventListener("click", () => showAgain(kept.fields));
    offer.querySelector("[data-drop]").addEventListener("click", () => {
      sessionStorage.removeItem(key);
      settled();
      form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    });
  }
  const soon = () => {
    clearTimeout(waiting);
    sending = loggedOut = false;
    if (!kept) waiting = setTimeout(keep, 300);  // what is offered is not written over before it is decided on
  };
  for (const event of ["input", "change", "click"]) form.addEventListener(event, soon);
  form.addEventListener("submit", (event) => {
    loggedOut = false;
    sending = !event.submitter?.hasAttribute("data-stays");
    keep(sending);
  });
  // Not after sending: the page that follows may have settled it already.
  addEventListener("pagehide", () => { if (!kept && !sending) keep(); });
}

if (account) {
  settle();
  logout.addEventListener("message", forgetAll);
  document.querySelector("#logout-form")?.addEventListener("submit", () => {
    forgetAll();
    logout.postMessage(null);
  });
  if (form) watch();
}
