import { readFileSync } from 'node:fs';

/** What Linux counts in (`getconf CLK_TCK`); 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** User and system time of a process and of its children that were waited for, all threads, in seconds. */
function ownCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name and may hold anything, so counting begins after its closing bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // proc_pid_stat(5): utime, stime, cutime, cstime are fields 14 to 17.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / TICKS_PER_SECOND;
}

/** The same with all descendants that live: nginx works in a child. */
export function cpuSeconds(pid: number): number {
  return descendants(pid).reduce((sum, child) => sum + ownCpuSeconds(child), ownCpuSeconds(pid));
}

function descendants(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.map(Number).flatMap((child) => [child, ...descendants(child)]);
}

/** Resident memory in MiB. */
export function residentMebibytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`process ${pid} has no memory`);
  return Number(kibibytes) / 1024;
}
