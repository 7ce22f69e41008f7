"""Prints where the application's broker is, and which pool it has chosen. Run by Rollcall with the worker's own interpreter, rights and environment."""
import json
import os
import sys


def main(marker, name, config, loader, workdir):
    out = os.dup(1)
    os.dup2(2, 1)  # whatever the application prints while it is loaded is not an answer
    if workdir:
        os.chdir(workdir)
    sys.path.insert(0, os.getcwd())
    if loader:
        os.environ["CELERY_LOADER"] = loader
    if config:
        os.environ["CELERY_CONFIG_MODULE"] = config
    import celery

    if name:
        from celery.app.utils import find_app

        app = find_app(name)
    else:
        from celery import current_app as app
    answer = describe(app)
    answer["celery"] = celery.__version__
    line = "\n" + marker + json.dumps(answer, default=str) + "\n"
    with os.fdopen(out, "w") as stream:
        stream.write(line)


def describe(app):
    conf = app.conf
    url = conf.get("broker_read_url") or conf.get("broker_url")
    if isinstance(url, (list, tuple)):
        url = ";".join(url)
    if not url or "://" not in url:
        url = app.connection_for_read().as_uri(include_password=True)
    ssl = conf.get("broker_use_ssl")
    options = dict(conf.get("broker_transport_options") or {})
    return {
        "broker": url,
        "control_exchange": conf.get("control_exchange") or "celery",
        "worker_pool": conf.get("worker_pool"),
        "enable_remote_control": bool(conf.get("worker_enable_remote_control", True)),
        "accept_content": sorted(str(c) for c in conf.get("accept_content") or ["json"]),
        "ssl": {k: str(v) for k, v in ssl.items()} if isinstance(ssl, dict) else ({} if ssl else None),
        "sentinel": sentinel(options.get("sentinel_kwargs")),
        "sentinels_fill_prefix": not url.startswith("sentinel") or sentinels_fill_prefix(),
        "transport_options": {
            k: options[k] for k in ("fanout_prefix", "fanout_patterns", "global_keyprefix", "master_name") if k in options
        },
    }


def sentinel(given):
    if not isinstance(given, dict):
        return None
    wanted = {k: v for k, v in given.items() if v is not None and (k in ("username", "password") or k.startswith("ssl"))}
    return {k: v.decode() if isinstance(v, bytes) else str(v) for k, v in wanted.items()}


def sentinels_fill_prefix():
    """Older versions of kombu leave {db} in the names of channels as it is, behind sentinels."""
    try:
        from kombu.transport.redis import SentinelChannel

        return "keyprefix_fanout" in SentinelChannel._get_pool.__code__.co_names
    except (ImportError, AttributeError):
        return True


code = 0
try:
    main(*sys.argv[1:6])
except BaseException as error:  # user code may raise anything, SystemExit included
    # only errors of loading show their text: that of others may hold secrets
    text = ": %s" % error if isinstance(error, (ImportError, AttributeError)) else ""
    sys.stderr.write("\nrollcall-error: %s%s\n" % (type(error).__name__, text))
    code = 1
sys.stderr.flush()
os._exit(code)  # user code may have left threads that never end
