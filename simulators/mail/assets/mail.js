// Shows new mail as it comes. Everything is rendered by the server: a change is fetched and put in place.

const announcement = document.getElementById('announcement');

async function refresh(reason) {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('content');
  const shown = document.getElementById('content');
  if (!fresh || !shown) return;
  shown.replaceWith(document.adoptNode(fresh));
  if (reason === 'mail') {
    const subject = document.querySelector('.list .subject')?.textContent ?? '';
    announcement.textContent = `${document.body.dataset.newMail}: ${subject}`;
  }
}

const events = new EventSource('/events');
events.addEventListener('message', (event) => void refresh(event.data));
// A server that was restarted may have other mail.
let connected = false;
events.addEventListener('open', () => {
  if (connected) void refresh('reconnected');
  connected = true;
});
