/** Thrown when an answer is larger than it may be; the rest of it is not read. */
export class AnswerTooLargeError extends Error {
  constructor(limitBytes: number) {
    super(`the answer is larger than ${limitBytes} bytes`);
    this.name = 'AnswerTooLargeError';
  }
}

/**
 * Reads an answer as UTF-8. Counts what comes out of decompression, so that a small answer cannot unfold into a
 * huge one.
 *
 * @throws {AnswerTooLargeError} past `limitBytes`
 */
export async function readBoundedText(response: Response, limitBytes: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > limitBytes) throw new AnswerTooLargeError(limitBytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
