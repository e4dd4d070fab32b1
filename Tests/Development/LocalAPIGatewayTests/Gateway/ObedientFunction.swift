/// A function that executes the command in the request's header `x-command`.
///
/// Without a command, it returns its event byte for byte.
enum ObedientFunction {
  /// Its properties in a template. The code is in the template's directory.
  static let properties = "Runtime: provided.al2023, Handler: bootstrap, CodeUri: ., Timeout: 60"

  /// The script. The variable `AT_START` makes it fail before it asks for an event.
  static let script = """
    import base64

    if os.environ.get("AT_START") == "error" and not os.path.exists("fixed"):
        name = {"Lambda-Runtime-Function-Error-Type": "Function.NoStart"}
        post("init/error", b'{"errorMessage": "no start", "errorType": "Function.NoStart"}', name)
        sys.exit(1)
    if os.environ.get("AT_START") == "exit":
        sys.exit(3)

    def write(name, line):
        with open(name, "a") as file: file.write(line + "\\n")

    while True:
        event = Event()
        request = json.loads(event.body)
        headers = {name.lower(): value for name, value in request["headers"].items()}
        command = headers.get("x-command")
        body = request.get("body") or ""
        body = base64.b64decode(body) if request["isBase64Encoded"] else body.encode()
        if command == "payload":
            post("invocation/%s/response" % event.id, body)
        elif command == "pid":
            respond(event, {"statusCode": 200, "body": str(os.getpid())})
        elif command == "gate":
            # A short write in append mode is atomic.
            write("record", "%d begin %s" % (os.getpid(), event.id))
            write("waiting", str(os.getpid()))
            open("gate").close()
            write("record", "%d end %s" % (os.getpid(), event.id))
            respond(event, {"statusCode": 200, "body": str(os.getpid())})
        elif command == "error":
            post("invocation/%s/error" % event.id, b'{"errorMessage": "secret", "errorType": "Function.Bad"}')
        elif command == "large":
            respond(event, {"statusCode": 200, "body": "a" * (7 << 20)})
        elif command == "exit":
            os._exit(7)
        elif command == "kill":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif command == "hang":
            signal.pause()
        else:
            respond(event, {"statusCode": 200, "body": event.body.decode()})
    """
}
