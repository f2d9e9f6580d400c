/** Hands a file to the browser to be saved. */
export function saveFile({ file, name }: { readonly file: Blob; readonly name: string }): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
