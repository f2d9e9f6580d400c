import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OverviewView } from '../../../src/console/overview/contract.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { reasonOf } from '../refusals/reason-key.ts';
import classes from './overview.module.css';

const HEIGHT = 100;
const BAR = 10;
const GAP = 2;

/** How often people were refused, when and why. */
export function RefusalsCard({ view }: { readonly view: OverviewView }) {
  const { t } = useTranslation(['overview', 'refusals']);
  const { refusals, signInFailures } = view;
  const { series, entries } = refusals;
  const total = series.reduce((sum, each) => sum + each.total, 0);
  const most = Math.max(1, ...series.map((each) => each.total));
  return (
    <section className={`${classes.card} ${classes.wide}`}>
      <h2>{t('refusals')}</h2>
      <p className={classes.dimmed}>
        {t('refusalsTotal', { refusals: total, entries, failures: signInFailures })}
      </p>
      {total === 0 ? (
        <p>{t('noRefusals')}</p>
      ) : (
        <>
          <Chart refusals={refusals} total={total} end={view.at} />
          <ul className={classes.lines}>
            {series.map(({ reason, total: count }) => (
              <li key={reason}>
                <div className={classes.line}>
                  <Link to="/admin/refusals" search={{ reason }}>
                    {t(`reasons.${reasonOf(reason)}`, { ns: 'refusals', code: reason })}
                  </Link>
                  <span>{count}</span>
                </div>
                <svg width="100%" height="6" aria-hidden="true">
                  <rect className={classes.bar} width={`${(100 * count) / most}%`} height="6" rx="3" />
                </svg>
              </li>
            ))}
          </ul>
        </>
      )}
      <Link to="/admin/refusals">{t('more')}</Link>
    </section>
  );
}

interface ChartProps {
  readonly refusals: OverviewView['refusals'];
  readonly total: number;
  readonly end: string;
}

function Chart({ refusals: { series, from, stepSeconds }, total, end }: ChartProps) {
  const { t } = useTranslation('overview');
  const steps = series[0]?.counts.length ?? 0;
  const sums = Array.from({ length: steps }, (_, step) => ({
    at: new Date(Date.parse(from) + step * stepSeconds * 1_000).toISOString(),
    count: series.reduce((sum, { counts }) => sum + (counts[step] ?? 0), 0),
  }));
  const most = Math.max(1, ...sums.map(({ count }) => count));
  const width = steps * (BAR + GAP);
  return (
    <>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('chart', { count: total })}
      >
        {sums.map(({ at, count }, step) => (
          <rect
            key={at}
            className={classes.bar}
            x={step * (BAR + GAP)}
            y={HEIGHT - (HEIGHT * count) / most}
            width={BAR}
            height={(HEIGHT * count) / most}
          >
            <title>{`${formatDateTime(at)}: ${count}`}</title>
          </rect>
        ))}
        <line className={classes.axis} x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <div className={classes.ends}>
        <span>{formatDateTime(from)}</span>
        <span>{formatDateTime(end)}</span>
      </div>
      <Disclosure title={t('asTable')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('columnWhen')}</th>
              <th scope="col">{t('columnCount')}</th>
            </tr>
          </thead>
          <tbody>
            {sums.map(({ at, count }) => (
              <tr key={at}>
                <td>{formatDateTime(at)}</td>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
    </>
  );
}
