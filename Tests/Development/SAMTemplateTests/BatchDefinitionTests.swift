import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("A template's own Batch")
struct BatchDefinitionTests {
  @Test("has its job queues and job definitions, under their physical names")
  func names() throws {
    let source = """
      Conditions: {No: !Equals [a, b]}
      Resources:
        Jobs: {Type: AWS::Batch::JobQueue}
        Named: {Type: AWS::Batch::JobQueue, Properties: {JobQueueName: !Sub '${AWS::StackName}-reports'}}
        Off: {Type: AWS::Batch::JobQueue, Properties: {State: DISABLED}}
        Gone: {Type: AWS::Batch::JobQueue, Condition: No}
        Resize: {Type: AWS::Batch::JobDefinition, Properties: {JobDefinitionName: resize}}
        Unknown: {Type: AWS::Batch::JobQueue, Properties: {JobQueueName: !ImportValue x}}
      """
    let deployment = try deployment(source)
    #expect(deployment.batch.jobQueues == ["Jobs", "apigw-batch-reports"])
    #expect(deployment.batch.disabledJobQueues == ["Off"])
    #expect(deployment.batch.jobDefinitions == ["resize"])
    #expect(deployment.warnings.count == 1)
    #expect(deployment.warnings.first?.hasSuffix("; the embedded Batch doesn't have Resources.Unknown") == true)
  }
}
