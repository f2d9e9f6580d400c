const ASK_TIMEOUT_MS = 2_000;

/** Asks the responder of this machine. An empty question is malformed, and one that lives says so (RFC 6960, 2.3). */
export async function askResponder(
  plainHttp: { readonly host: string; readonly port: number } | undefined,
): Promise<'answers' | 'silent' | 'none'> {
  if (plainHttp === undefined || plainHttp.port === 0) return 'none';
  const { host, port } = plainHttp;
  const name = host === '::' || host === '0.0.0.0' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  try {
    const response = await fetch(`http://${name}:${port}/pki/ocsp`, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request' },
      body: new Uint8Array(0),
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.headers.get('content-type') === 'application/ocsp-response' ? 'answers' : 'silent';
  } catch {
    return 'silent';
  }
}
