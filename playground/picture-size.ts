interface Size {
  readonly width: number;
  readonly height: number;
}

/** The eight bytes that each PNG begins with, then the length and the name of its first chunk. */
const beginning = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

/** Width and height in pixels, as Discord tells of a picture; of PNG only, which is what bots draw. Nothing for another file. */
export function sizeOfPicture(bytes: Uint8Array): Size | Record<string, never> {
  if (bytes.length < beginning.length + 8 || beginning.some((byte, at) => bytes[at] !== byte)) return {};
  const header = new DataView(bytes.buffer, bytes.byteOffset + beginning.length, 8);
  return { width: header.getUint32(0), height: header.getUint32(4) };
}
