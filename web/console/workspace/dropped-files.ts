/** Files on their way from the page they were dropped on to the import: addresses carry no files. */
let waiting: readonly File[] = [];
let onArrival: ((files: readonly File[]) => void) | undefined;

export function handOverFiles(files: readonly File[]): void {
  if (onArrival === undefined) waiting = files;
  else onArrival(files);
}

/** Takes what is waiting, and what comes from now on. Returns how to stop. */
export function receiveFiles(take: (files: readonly File[]) => void): () => void {
  onArrival = take;
  const files = waiting;
  waiting = [];
  if (files.length > 0) take(files);
  return () => {
    if (onArrival === take) onArrival = undefined;
  };
}
