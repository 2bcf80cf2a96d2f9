"use strict";
// This script runs in a Web Worker, behind wasm_exec.js of the Go installation. It starts an instance of the
// engine, calls its functions and posts their answers. See engine.js for the other side.
const go = new Go();
const streams = new Map(); // the streams that run: id → a function that says that a snapshot was drawn
const channel = new MessageChannel();
channel.port1.start();

// turn waits until the messages that have arrived are read. Two streams may wait: one that ends, and the next.
const turn = () => new Promise(done => {
  channel.port1.addEventListener("message", done, {once: true});
  channel.port2.postMessage(0);
});

// stream calls a function again and again, until its result has no more or the page stops the stream. While the
// page draws a snapshot, the engine computes the next.
async function stream({id, name, args}) {
  let drawn = Promise.resolve(), more = true;
  streams.set(id, () => {});
  while (more) {
    const answer = JSON.parse(gradus(name, args));
    await Promise.all([drawn, turn()]);
    more = Boolean(answer.result?.more) && streams.has(id);
    drawn = new Promise(done => streams.has(id) && streams.set(id, done));
    postMessage({id, ...answer, more});
  }
  streams.delete(id);
}

onmessage = async ({data}) => {
  if (data.packed) {
    try {
      postMessage({module: await WebAssembly.compile(unlzma(unpacked(data.packed)))});
    } catch {
      postMessage({failed: true});
    }
  } else if (data.module) {
    try {
      const instance = await WebAssembly.instantiate(data.module, go.importObject);
      go.run(instance).then(() => postMessage({ended: true}));
      postMessage({ready: true});
    } catch {
      postMessage({failed: true}); // there is no room for another engine
    }
  } else if (data.drawn) {
    streams.get(data.drawn)?.();
  } else if (data.stop) {
    const drawn = streams.get(data.stop);
    streams.delete(data.stop);
    drawn?.();
  } else if (data.stream) {
    stream(data).catch(() => postMessage({ended: true}));
  } else {
    postMessage({id: data.id, ...JSON.parse(gradus(data.name, data.args))});
  }
};
