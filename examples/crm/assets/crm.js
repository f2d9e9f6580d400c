// Keeps open pages up to date and keeps drafts. Pages are rendered by the server; what changed is fetched and put in place.

const texts = document.body.dataset;

/** Swaps the parts of the page that others may change; what is being typed stays. */
async function refresh() {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const selector of ['#comments', '.facts', '.files', 'table.tickets tbody', '.tabs', '.pager']) {
    const fresh = page.querySelector(selector);
    const shown = document.querySelector(selector);
    if (fresh && shown) shown.replaceWith(document.adoptNode(fresh));
  }
}

function toast(event) {
  const what =
    event.type === 'comment' ? texts.newComment : event.type === 'status' ? texts.statusChanged : null;
  if (!what) return;
  const link = document.createElement('a');
  link.className = 'toast';
  link.href = `/tickets/${event.ticketId}`;
  const title = document.createElement('strong');
  title.textContent = `${what}: № ${event.ticketId}`;
  const detail = document.createElement('span');
  detail.textContent = `${event.author} · ${event.subject}`;
  link.append(title, detail);
  document.getElementById('toasts').append(link);
  setTimeout(() => link.remove(), 8000);
}

const here = document.querySelector('.ticket')?.dataset.ticket;

function receive(event) {
  if (event.type === 'hello') return;
  const concernsThisPage = here === undefined || Number(here) === event.ticketId;
  if (concernsThisPage) void refresh();
  if (here === undefined || !concernsThisPage) toast(event);
}

const live = document.getElementById('live');

function show(isConnected) {
  live.hidden = false;
  live.textContent = isConnected ? texts.live : texts.lost;
  live.classList.toggle('lost', !isConnected);
}

/** Ticket pages listen on a WebSocket. */
function listen(pauseMs = 1000) {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`);
  let wasOpen = false;
  socket.addEventListener('open', () => {
    wasOpen = true;
    show(true);
  });
  socket.addEventListener('message', (message) => receive(JSON.parse(message.data)));
  socket.addEventListener('close', () => {
    show(false);
    const nextPauseMs = wasOpen ? 1000 : Math.min(pauseMs * 2, 30_000);
    setTimeout(() => listen(nextPauseMs), nextPauseMs);
  });
}

/** The list listens to server-sent events. */
function watch() {
  const events = new EventSource('/events');
  events.addEventListener('open', () => show(true));
  events.addEventListener('error', () => show(false));
  for (const type of ['comment', 'status', 'file']) {
    events.addEventListener(type, (event) => receive(JSON.parse(event.data)));
  }
}

if (live?.dataset.stream === 'live') listen();
if (live?.dataset.stream === 'events') watch();

// A draft is kept by the session of the CRM, so it is there on the next visit.
const editor = document.querySelector('[data-draft]');
let saving;
editor?.addEventListener('input', () => {
  clearTimeout(saving);
  saving = setTimeout(async () => {
    const body = new URLSearchParams({ text: editor.value });
    const response = await fetch(editor.dataset.draft, { method: 'POST', body });
    document.getElementById('draft-note').hidden = !response.ok || editor.value.trim() === '';
  }, 600);
});
editor?.form.addEventListener('submit', () => clearTimeout(saving));
editor?.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) editor.form.requestSubmit();
});

// The whole row leads to the ticket; the link in it stays for the keyboard.
document.addEventListener('click', (event) => {
  const row = event.target.closest('tr[data-ticket]');
  if (!row || event.target.closest('a') || String(getSelection())) return;
  location.href = `/tickets/${row.dataset.ticket}`;
});
