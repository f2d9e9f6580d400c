import { DATA_PATH } from './menu-data.ts';

/**
 * Notices that a request of the page was refused, or a stream of it was closed, without standing in between: the page's
 * functions give the page's own promises and objects, and behave as if nobody watched. What the refusal was is asked
 * of the gate afterwards.
 */
export function watchRequests(onSuspicion: () => void): void {
  const { WebSocket: Socket, EventSource: Source } = window;
  if ('responseStatus' in PerformanceResourceTiming.prototype) observeTimings(onSuspicion);
  else wrapRequests(onSuspicion);
  // A closed WebSocket is in no timing.
  window.WebSocket = listening(Socket, 'close', onSuspicion);
  window.EventSource = listening(Source, 'error', onSuspicion);
}

/** Every answer that the page fetches has an entry with its status (Resource Timing, section 4.3). */
function observeTimings(onSuspicion: () => void): void {
  const observer = new PerformanceObserver((list) => {
    const isRefused = list
      .getEntries()
      .some((entry) => entry instanceof PerformanceResourceTiming && looksRefused(entry));
    if (isRefused) onSuspicion();
  });
  observer.observe({ type: 'resource', buffered: true });
}

function looksRefused({ name, responseStatus, initiatorType }: PerformanceResourceTiming): boolean {
  // A stream of events that is refused when it is opened again has no status (measured with Chromium 156).
  const isBroken = responseStatus === 0 && (initiatorType === 'other' || initiatorType === 'eventsource');
  return (responseStatus === 401 || responseStatus === 403 || isBroken) && isOwn(name);
}

function isOwn(address: string): boolean {
  return address.startsWith(`${location.origin}/`) && !address.startsWith(location.origin + DATA_PATH);
}

/** For browsers whose timings have no status. */
function wrapRequests(onSuspicion: () => void): void {
  const check = (status: number, address: string): void => {
    if ((status === 401 || status === 403) && isOwn(address)) onSuspicion();
  };
  window.fetch = new Proxy(window.fetch, {
    apply(target, self, parameters) {
      const promise: Promise<Response> = Reflect.apply(target, self, parameters);
      // The page gets the promise itself; a derived one without a handler of its own would be reported as unhandled.
      promise.then(
        (response) => check(response.status, response.url),
        () => {},
      );
      return promise;
    },
  });
  window.XMLHttpRequest = new Proxy(window.XMLHttpRequest, {
    construct(target, parameters, newTarget) {
      const request: XMLHttpRequest = Reflect.construct(target, parameters, newTarget);
      request.addEventListener('loadend', () => check(request.status, request.responseURL));
      return request;
    },
  });
}

type StreamConstructor = new (...parameters: never[]) => EventTarget;

function listening<T extends StreamConstructor>(streamConstructor: T, event: string, act: () => void): T {
  const wrapped = new Proxy(streamConstructor, {
    construct(target, parameters, newTarget) {
      const stream: EventTarget = Reflect.construct(target, parameters, newTarget);
      stream.addEventListener(event, act);
      return stream;
    },
  });
  // As it was: `WebSocket.prototype.constructor === WebSocket`.
  Object.defineProperty(streamConstructor.prototype, 'constructor', { value: wrapped });
  return wrapped;
}
