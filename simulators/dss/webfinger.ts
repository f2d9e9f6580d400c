/** `GET /.well-known/webfinger?resource=…`: where both servers are, for clients that know the host only. */
export function presentDiscovery(url: URL): object {
  const link = (rel: string, path: string, title: string) => ({
    rel: `http://dss.cryptopro.ru/${rel}`,
    href: `${url.origin}${path}`,
    title: { 'ru-RU': title },
  });
  return [
    {
      subject: url.searchParams.get('resource') ?? url.origin,
      links: [
        link('sts', '/STS', 'Центр идентификации'),
        link('signserver', '/SignServer', 'Сервис подписи'),
        link('documentstore', '/DocumentStore', 'Сервис обработки документов'),
      ],
    },
  ];
}
