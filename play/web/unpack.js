"use strict";
// This script unpacks the engine.

// unpacked returns the bytes of a text that has seven bits in each character.
function unpacked(text) {
  const packed = new Uint8Array(Math.floor(text.length * 7 / 8));
  for (let i = 0, at = 0, bits = 0, n = 0; i < text.length; i++) {
    bits = bits << 7 | text.charCodeAt(i) & 127;
    n += 7;
    if (n < 8) continue;
    n -= 8;
    packed[at++] = bits >> n;
    bits &= (1 << n) - 1;
  }
  return packed;
}

// unlzma returns the bytes that a file in the format LZMA holds, as package internal/lzma of Gradus packs them:
// with the parameters lc = 3, lp = 0 and pb = 0, and with their number in the header.
//
// Source: Igor Pavlov, LZMA specification (draft), 2015, in the public domain.
function unlzma(packed) {
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(5, true), out = new Uint8Array(size);
  const chances = n => new Uint16Array(n).fill(1024);
  const isCopy = chances(12), isOld = chances(12), isNotLast = chances(12), isNotSecond = chances(12);
  const isNotThird = chances(12), isLong = chances(12), bytes = chances(8 * 768), slots = chances(4 * 64);
  const near = chances(128), align = chances(16);
  // The chances of lengths: two decisions how large it is, at 0 and 1, and trees from 8, 16 and 256 on.
  const newLength = chances(512), oldLength = chances(512);
  const range = new Uint32Array(2); // its width, and the place in it of the code: not variables, whose large
  let at = 18, n = 0, state = 0, last0 = 0, last1 = 0, last2 = 0, last3 = 0; // numbers would be slow
  range[0] = 0xffffffff;
  for (let k = 14; k < 18; k++) range[1] = range[1] << 8 | packed[k];

  // bit reads a decision, whose chance to be 0 is p[k] of 2048.
  function bit(p, k) {
    const chance = p[k], width = range[0], code = range[1], bound = (width >>> 11) * chance;
    if (code < bound) {
      p[k] = chance + (2048 - chance >> 5);
      return narrow(bound, code, 0);
    }
    p[k] = chance - (chance >> 5);
    return narrow(width - bound, code - bound, 1);
  }
  function narrow(width, code, b) {
    if (width < 0x1000000) {
      range[0] = width << 8;
      range[1] = code << 8 | packed[at++];
    } else {
      range[0] = width;
      range[1] = code;
    }
    return b;
  }
  function tree(p, from, n) {
    let x = 1;
    for (let k = 0; k < n; k++) x = x << 1 | bit(p, from + x);
    return x - (1 << n);
  }
  function reversed(p, from, n) {
    let x = 0;
    for (let k = 0, m = 1; k < n; k++) {
      const b = bit(p, from + m);
      m = m << 1 | b;
      x |= b << k;
    }
    return x;
  }
  function even(n) {
    let x = 0;
    for (; n > 0; n--) {
      const width = range[0] >>> 1, code = range[1];
      x = x << 1 | (code < width ? narrow(width, code, 0) : narrow(width, code - width, 1));
    }
    return x;
  }
  function length(p) {
    if (!bit(p, 0)) return 2 + tree(p, 8, 3);
    return bit(p, 1) ? 18 + tree(p, 256, 8) : 10 + tree(p, 16, 3);
  }
  function distance(count) {
    const slot = tree(slots, Math.min(count - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1, base = (2 | slot & 1) << bits;
    if (slot < 14) return base + reversed(near, base - slot, bits);
    return base + (even(bits - 4) << 4) + reversed(align, 0, 4);
  }

  while (n < size) {
    if (!bit(isCopy, state)) {
      const from = n > 0 ? (out[n - 1] >> 5) * 768 : 0;
      let x = 1;
      if (state >= 7) {
        let same = out[n - 1 - last0];
        do {
          const b = same >> 7 & 1;
          same <<= 1;
          const got = bit(bytes, from + (1 + b << 8) + x);
          x = x << 1 | got;
          if (got !== b) break;
        } while (x < 256);
      }
      while (x < 256) x = x << 1 | bit(bytes, from + x);
      out[n++] = x;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let count;
    if (!bit(isOld, state)) {
      last3 = last2, last2 = last1, last1 = last0;
      count = length(newLength);
      last0 = distance(count);
      state = state < 7 ? 7 : 10;
    } else {
      if (!bit(isNotLast, state)) {
        if (!bit(isLong, state)) {
          out[n] = out[n - 1 - last0];
          n++;
          state = state < 7 ? 9 : 11;
          continue;
        }
      } else {
        let next = last1;
        if (bit(isNotSecond, state)) {
          next = last2;
          if (bit(isNotThird, state)) {
            next = last3;
            last3 = last2;
          }
          last2 = last1;
        }
        last1 = last0;
        last0 = next;
      }
      count = length(oldLength);
      state = state < 7 ? 8 : 11;
    }
    for (const end = Math.min(size, n + count); n < end; n++) out[n] = out[n - 1 - last0];
  }
  return out;
}
