// Shows requests as they come. Everything is rendered by the server: a change is fetched and put in place.

const announcement = document.getElementById('announcement');
const requestIds = () =>
  new Set([...document.querySelectorAll('[data-request]')].map((one) => one.dataset.request));

async function refresh() {
  const known = requestIds();
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('content');
  const shown = document.getElementById('content');
  if (!fresh || !shown) return;
  const focused = document.activeElement?.id;
  const isOpen = document.querySelector('details')?.open === true;
  const left = document.querySelector('.people ul')?.scrollLeft ?? 0;
  shown.replaceWith(document.adoptNode(fresh));
  document.querySelector('.people ul')?.scrollTo(left, 0);
  if (isOpen) document.querySelector('details')?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus();
  for (const request of document.querySelectorAll('[data-request]')) {
    if (known.has(request.dataset.request)) continue;
    request.classList.add('arrived');
    announcement.textContent = `${document.body.dataset.newRequest}: ${request.querySelector('h3').textContent}`;
  }
}

const events = new EventSource('/events');
events.addEventListener('message', () => void refresh());
// A simulator that was restarted has other requests.
let connected = false;
events.addEventListener('open', () => {
  if (connected) void refresh();
  connected = true;
});

setInterval(() => {
  for (const time of document.querySelectorAll('[data-seconds]')) {
    const seconds = Math.max(0, Number(time.dataset.seconds) - 1);
    time.dataset.seconds = String(seconds);
    time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    if (seconds === 0) void refresh();
  }
}, 1000);

document.addEventListener('change', (event) => {
  if (event.target.name !== 'kind' && event.target.name !== 'place') return;
  const form = event.target.form;
  void fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
    redirect: 'manual',
  });
});

document.querySelector('.people [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
document.documentElement.classList.add('scripted');
