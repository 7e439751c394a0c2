// Words inside a PNG: iTXt chunks behind the header, so that a picture says what it is and where it comes from.
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
  return byte;
});
const AFTER_HEADER = 33; // 8 bytes of signature and the 25 of IHDR

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function chunk(keyword, words) {
  // keyword, end, not compressed, method 0, no language, no translated keyword, then the text
  const data = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${words}`);
  const whole = new Uint8Array(data.length + 8), view = new DataView(whole.buffer);
  view.setUint32(0, data.length - 4);
  whole.set(data, 4);
  view.setUint32(data.length + 4, crc32(data));
  return whole;
}

export async function withWords(png, words) {
  const bytes = new Uint8Array(await png.arrayBuffer());
  const chunks = Object.entries(words).filter(([, text]) => text).map(([keyword, text]) => chunk(keyword, text));
  return new Blob([bytes.slice(0, AFTER_HEADER), ...chunks, bytes.slice(AFTER_HEADER)], { type: "image/png" });
}
