import type { UploadedFile } from './interaction.ts';

/** Reads a chosen file for the playground, which takes JSON only. */
export async function readUpload(id: string, file: File): Promise<UploadedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content_type = file.type || 'application/octet-stream';
  return { id, filename: file.name, content_type, size: file.size, data: encode(bytes) };
}

const CHUNK = 0x8000;

/** A call takes only so many arguments, so the bytes become a string in pieces. */
function encode(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return btoa(pieces.join(''));
}
