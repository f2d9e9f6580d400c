import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createConsoleHttp } from '../api/console-http.ts';
import { ApiProblem } from '../api/problem.ts';
import { readStyleNonce } from '../ui/style-nonce.ts';
import './styles.ts';
import { cssVariablesResolver, theme } from '../ui/theme.ts';
import { ConsoleProvider } from './console-context.tsx';
import { startTexts } from './i18n.ts';
import { NoticesProvider } from './notices.tsx';
import { noteRefusal } from './refused.ts';
import { createConsoleRouter } from './router.tsx';
import { SECTIONS } from './sections.ts';

/** A request that may come right by itself is asked again twice; a refusal is an answer. */
function shouldRetry(failures: number, error: unknown): boolean {
  const transient =
    error instanceof ApiProblem && (error.code === 'network' || error.status === 502 || error.status === 503);
  return transient && failures < 2;
}

const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: shouldRetry, retryDelay: 1000, refetchOnWindowFocus: true } },
});
queryClient.getQueryCache().config.onError = noteRefusal;
queryClient.getMutationCache().config.onError = noteRefusal;

const http = createConsoleHttp(
  (input, init) => fetch(input, init),
  () => Date.now(),
);
const nonce = readStyleNonce();

await startTexts(SECTIONS);
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
        <ConsoleProvider value={{ http, sections: SECTIONS }}>
          <NoticesProvider>
            <RouterProvider router={createConsoleRouter(SECTIONS)} />
          </NoticesProvider>
        </ConsoleProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
