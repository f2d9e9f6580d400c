// Shows new messages as they come. Everything is rendered by the server: a change is fetched and put in place.

const announcement = document.getElementById('announcement');

async function refresh(reason) {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('content');
  const shown = document.getElementById('content');
  if (!fresh || !shown) return;
  const focused = document.activeElement?.id;
  shown.replaceWith(document.adoptNode(fresh));
  if (focused) document.getElementById(focused)?.focus();
  if (reason === 'message') {
    const text = document.querySelector('.newest .bubble')?.textContent ?? '';
    announcement.textContent = `${document.body.dataset.newMessage}: ${text}`;
    document.querySelector('.newest')?.classList.add('arrived');
  }
}

const events = new EventSource('/events');
events.addEventListener('message', (event) => void refresh(event.data));
// A gateway that was restarted may have other messages.
let connected = false;
events.addEventListener('open', () => {
  if (connected) void refresh('reconnected');
  connected = true;
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    // Without the clipboard (a plain address that is not this machine) the password is selected for Ctrl+C.
    getSelection().selectAllChildren(document.getElementById('password'));
    return;
  }
  button.textContent = document.body.dataset.copied;
  button.classList.add('done');
  announcement.textContent = document.body.dataset.copied;
});

document.addEventListener('change', (event) => {
  if (event.target.name !== 'kind') return;
  const form = event.target.form;
  void fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
    redirect: 'manual',
  });
});

document.documentElement.classList.add('scripted');
