"use strict";
// The shell shows one view at a time, and keeps the state of each: in the address, in the browser's storage and
// in a history for Undo. A state is an object of texts.

const element = id => document.getElementById(id);
const views = new Map(); // by id, in the order of the navigation
const longest = 20_000;  // characters of a value in a state
let current;             // the view that is shown

// h makes an element. Attributes that begin with "on" are event listeners, and properties of an object named
// style are set one by one. Children are elements or texts; texts are never read as HTML.
function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(made.style, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== undefined && child !== null));
  return made;
}

// number shows a number as the engine has written it: a few digits, and all where one points.
const number = ({text, exact}) => h("span", {class: "number", title: exact}, text);

// many writes a whole number, with a comma after each three digits.
const many = n => n.toLocaleString("en");

// say writes a sentence into the status line. "bad" marks what went wrong, and "busy" that one has to wait: both
// stay. Another sentence goes after some seconds, since it may lie on what one wants to read.
function say(text, kind = "") {
  clearTimeout(say.timer);
  if (text && !kind) say.timer = setTimeout(say, 8000, "");
  element("status").textContent = text;
  element("status").className = text && kind;
}

// copyText puts a text on the clipboard, or shows it to be copied by hand.
async function copyText(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} is on the clipboard.`);
  } catch {
    element("copy-text").value = text;
    element("copy-dialog").showModal();
    element("copy-text").select();
  }
}

// stored returns the state of a view that the browser has kept, or nothing.
function stored(id) {
  try {
    return JSON.parse(localStorage.getItem(`gradus playground ${id}`));
  } catch {
    return null;
  }
}

// store keeps a state in the browser, if it lets us.
function store(key, value) {
  try {
    localStorage.setItem(`gradus playground ${key}`, JSON.stringify(value));
  } catch { /* a private window, or no room: the address has the state, too */ }
}

// addressOf returns the address of a state of a view, from "#" on.
function addressOf(view, state) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value !== view.defaults[name]) query.set(name, value);
  }
  return `#${view.id}` + (String(query) && `?${query}`);
}

// linkTo returns an address of a state for somebody else. Where addressOf gives the view alone, which a browser
// shows as it was there last, it names a part of the state that is empty.
function linkTo(view, state) {
  const address = addressOf(view, state);
  if (address.includes("?")) return address;
  return `${address}?${Object.keys(state).find(name => state[name] === "")}=`;
}

// stateOf reads the part of an address after "?". It throws a sentence if there is something in it that the
// view does not know.
function stateOf(view, query) {
  const state = {...view.defaults};
  for (const [name, value] of new URLSearchParams(query)) {
    if (!Object.hasOwn(view.defaults, name)) {
      throw new Error(`The link has a part that this view does not know: ${name.slice(0, 40)}.`);
    }
    if (value.length > longest) throw new Error(`The link is too long: ${name} has ${value.length} characters.`);
    state[name] = value;
  }
  return state;
}

// known returns those parts of a stored state that the view has still.
function known(view, state) {
  const kept = {...view.defaults};
  for (const name of Object.keys(kept)) {
    if (typeof state?.[name] === "string" && state[name].length <= longest) kept[name] = state[name];
  }
  return kept;
}

// addView takes a view up. See the views for what it consists of.
function addView(view) {
  view.history = [known(view, stored(view.id))];
  view.at = 0;
  view.root = element(`view-${view.id}`);
  view.app = {
    get state() { return view.history[view.at]; },
    set: (change, options) => set(view, change, options),
    say,
    engine: () => view.engine ??= newEngine(),
    link: state => location.href.split("#")[0] + linkTo(view, {...view.defaults, ...state}),
  };
  views.set(view.id, view);
  element("views").append(h("li", {}, h("a", {href: `#${view.id}`}, view.name)));
}

// set changes the state of a view. Changes of the same values that follow each other fast are one step for Undo.
function set(view, change, {undo = true} = {}) {
  const state = {...view.history[view.at], ...change};
  if (Object.values(state).some(value => value.length > longest)) {
    say(`That is too long to keep: more than ${longest} characters.`, "bad");
    return;
  }
  const keys = Object.keys(change).join(), now = performance.now();
  const same = view.lastKeys === keys && now - view.lastTime < 1000;
  if (undo && !same) {
    view.history.splice(view.at + 1);
    view.history.push(state);
    if (view.history.length > 200) view.history.shift();
    view.at = view.history.length - 1;
  } else {
    view.history[view.at] = state;
  }
  if (undo) [view.lastKeys, view.lastTime] = [keys, now];
  remember(view);
}

// address writes the state of the current view into the address. Browsers refuse this when it is done very often,
// as while a slider moves; then it is done a little later.
function address() {
  clearTimeout(address.timer);
  try {
    history.replaceState(null, "", addressOf(current, current.app.state));
  } catch {
    address.timer = setTimeout(address, 1000);
  }
}

// remember writes the present state into the address and the storage.
const remember = view => {
  if (view === current) address();
  store(view.id, view.app.state);
  store("view", current?.id);
  showTools();
};

// travel goes back or forward in the history of the current view.
function travel(by) {
  const to = current.at + by;
  if (to < 0 || to >= current.history.length) return;
  current.at = to;
  current.lastKeys = undefined;
  remember(current);
  draw(current);
}

// draw shows the present state of a view. An error is not told if another state is drawn meanwhile.
async function draw(view) {
  const own = draw.last = {};
  say("");
  const slow = setTimeout(() => draw.last === own && say("The engine is at work …", "busy"), 1000);
  try {
    await view.shown.show(view.app.state);
    clearTimeout(slow);
    if (draw.last === own && element("status").className === "busy") say("");
  } catch (error) {
    clearTimeout(slow);
    if (draw.last === own) say(error.message, "bad");
  }
}

// showTools shows which buttons of the toolbar do something.
function showTools() {
  const off = (id, is) => element(id).setAttribute("aria-disabled", is);
  off("undo", current.at === 0);
  off("redo", current.at === current.history.length - 1);
  element("copy-go").hidden = !current.shown.goText;
  element("copy-command").hidden = !current.shown.commandText;
}

// route shows the view and the state that the address names.
function route() {
  const skips = location.hash === "#main"; // by the link that skips the navigation
  if (skips && current) return;
  const [, id, query] = /^#([^?]*)\??(.*)$/s.exec(location.hash) || [];
  let view = views.get(id), wrong = "";
  if (!view) {
    view = current || views.get(stored("view")) || views.values().next().value;
    if (id && !skips) wrong = `The link names a view that this page does not have: ${id.slice(0, 40)}.`;
  } else if (query) {
    try {
      const state = stateOf(view, query);
      if (addressOf(view, state) !== addressOf(view, view.app.state)) {
        view.history.splice(view.at + 1, Infinity, state); // Undo goes back to what was there before the link
        view.at = view.history.length - 1;
      }
    } catch (error) {
      wrong = error.message;
    }
  }
  if (view !== current) {
    if (current) {
      current.shown.hide?.();
      current.root.hidden = true;
    }
    current = view;
    view.root.hidden = false;
    view.shown ??= view.mount(view.root, view.app);
    document.title = `${view.name} · Gradus playground`;
    for (const link of element("views").querySelectorAll("a")) {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
  remember(view);
  draw(view).then(() => wrong && say(wrong, "bad"));
}

// copying gives the function of a button that copies a text of the current view.
const copying = (text, what) => async () => {
  try {
    await copyText(await current.shown[text](), what);
  } catch (error) {
    say(error.message, "bad");
  }
};

// begin is called when all views are there.
function begin() {
  element("undo").addEventListener("click", () => travel(-1));
  element("redo").addEventListener("click", () => travel(+1));
  element("copy-link").addEventListener("click",
    () => copyText(current.app.link(current.app.state), current.shown.link || "The link to this state"));
  element("copy-go").addEventListener("click", copying("goText", "A Go program"));
  element("copy-command").addEventListener("click", copying("commandText", "The command"));
  document.addEventListener("keydown", event => {
    const inText = event.target.matches("textarea, input:not([type=range], [type=checkbox], [type=radio])");
    if (inText || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    travel(key === "y" || event.shiftKey ? +1 : -1);
  });
  for (const kind of ["beforeinput", "paste"]) {
    document.addEventListener(kind, event => {
      const {length} = event.data ?? event.clipboardData?.getData("text") ?? "";
      if (length <= longest) return;
      event.preventDefault(); // a browser takes seconds to set a text of megabytes
      say(`That is too long: ${length} characters. A field takes ${longest} at most.`, "bad");
    });
  }
  addEventListener("hashchange", route);
  route();
}
