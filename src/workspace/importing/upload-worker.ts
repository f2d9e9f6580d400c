/** Runs in a thread of its own: see `upload-reader.ts`. */
import { parentPort } from 'node:worker_threads';
import type { UploadedFile } from './import-item.ts';
import { readUpload } from './read-upload.ts';

parentPort?.on('message', (upload: UploadedFile) => parentPort?.postMessage(readUpload(upload)));
