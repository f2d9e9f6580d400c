import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createPortalClient } from '../api/portal-client.ts';
import { ApiProblem } from '../api/problem.ts';
import { readStyleNonce } from '../ui/style-nonce.ts';
import '../ui/styles.ts';
import { cssVariablesResolver, theme } from '../ui/theme.ts';
import { thisClient } from './client/this-client.ts';
import { startTexts } from './i18n.ts';
import { PortalProvider } from './portal-context.tsx';
import { SESSION, shouldRetry } from './queries.ts';
import { createPortalRouter } from './router.tsx';

/** A session that has ended shows itself at any request: everything then begins again at the sign-in page. */
function onRequestError(error: unknown): void {
  if (error instanceof ApiProblem && error.code === 'sign-in-required') {
    void queryClient.resetQueries({ queryKey: SESSION });
  }
}

const queryClient: QueryClient = new QueryClient({
  defaultOptions: { queries: { retry: shouldRetry, retryDelay: 1000, refetchOnWindowFocus: true } },
});
queryClient.getQueryCache().config.onError = onRequestError;
queryClient.getMutationCache().config.onError = onRequestError;

const client = createPortalClient(
  (input, init) => fetch(input, init),
  () => Date.now(),
);
const nonce = readStyleNonce();

await startTexts();
const container = document.getElementById('root');
if (container === null) throw new TypeError('the page has no #root');
createRoot(container).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <PortalProvider client={client} reader={thisClient()}>
          <RouterProvider router={createPortalRouter()} />
        </PortalProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
