"use strict";
// The engine is a Go program, compiled to WebAssembly. Each view has an instance of its own in a Web Worker, so
// that the page never waits for it.

const workerSource = URL.createObjectURL(
  new Blob([document.getElementById("worker").textContent], {type: "text/javascript"}));

// compiled is the compiled engine. A worker of its own unpacks and compiles it.
const compiled = new Promise((done, failed) => {
  const worker = new Worker(workerSource);
  worker.onmessage = ({data}) => {
    if (data.module) done(data.module);
    else failed();
    worker.terminate();
  };
  worker.onerror = event => {
    event.preventDefault();
    failed();
  };
  worker.postMessage({packed: document.getElementById("engine").textContent});
});
compiled.catch(() => {}); // each call says so

// newEngine starts an instance of the engine.
function newEngine() {
  const waiting = new Map(); // calls and streams without their last answer, by id
  let worker, ready, last = 0;

  // start starts the worker, and again if it was ended.
  function start() {
    const own = worker = new Worker(workerSource);
    let runs = false;
    ready = new Promise((done, failed) => {
      const stopped = () => {
        if (runs) restart("The engine stopped. It has been started again.");
        else failed(new Error("The engine does not start in this browser.")); // nor would another
      };
      own.onmessage = ({data}) => {
        if (data.ready) done(runs = true);
        else if (data.ended || data.failed) stopped();
        else waiting.get(data.id)?.(data);
      };
      own.onerror = event => {
        event.preventDefault();
        stopped();
      };
      compiled.then(module => own.postMessage({module}), () => failed(new Error(
        "This browser cannot run the engine. It needs WebAssembly, as Chrome 97, Firefox 102 and Safari 16 " +
        "and later have it.")));
    });
    ready.catch(() => {});
  }

  // restart ends the worker, whatever it does, and starts another. All that waits gets a sentence.
  function restart(sentence) {
    worker.terminate();
    const old = [...waiting.values()];
    waiting.clear();
    start();
    for (const answered of old) answered({error: sentence});
  }

  start();
  return {
    // call calls a function of the engine, and returns its result.
    async call(name, args = {}, {timeout = 5000} = {}) {
      await ready;
      const id = ++last;
      return new Promise((done, failed) => {
        const timer = setTimeout(() => restart(
          `The engine took longer than ${timeout / 1000} seconds and was stopped. Your texts and settings are kept; try less.`),
        timeout);
        waiting.set(id, ({result, error}) => {
          clearTimeout(timer);
          waiting.delete(id);
          if (error) failed(new Error(error));
          else done(result);
        });
        worker.postMessage({id, name, args: JSON.stringify(args)});
      });
    },

    // stream calls a function until its result has no more, or stop is called, and draws each result. Its promise
    // done is kept at the end.
    stream(name, args, draw) {
      const id = ++last;
      let own, stopped = false;
      const done = ready.then(() => new Promise((done, failed) => {
        if (stopped) return done();
        own = worker;
        waiting.set(id, ({result, error, more}) => {
          if (!more) waiting.delete(id);
          if (error) return failed(new Error(error));
          draw(result);
          if (more) own.postMessage({drawn: id});
          else done();
        });
        own.postMessage({stream: true, id, name, args: JSON.stringify(args)});
      }));
      const stop = () => {
        stopped = true;
        own?.postMessage({stop: id});
      };
      return {done, stop};
    },
  };
}

// latest returns a function that runs f with its arguments, one call at a time. Of those that come while one
// runs, it runs only the last.
function latest(f) {
  let running = false, next;
  return async function run(...args) {
    next = args;
    if (running) return;
    running = true;
    let error;
    while (next) {
      const now = next;
      next = error = undefined;
      await Promise.resolve(f(...now)).catch(e => error = e);
    }
    running = false;
    if (error) throw error;
  };
}
